import { plainParts } from "@loopnest/mapspace";
import type { NetworkLayer } from "../../network/network.js";
import type { HardwareSpace } from "../space/hardware-space.js";
import { type CandidateLayout, makeCandidateLayout } from "./candidate-layout.js";

/** The layout in which mappings of a layer are kept. */
export function layerLayout(space: HardwareSpace, { model }: NetworkLayer): CandidateLayout {
  const tensors = model.space.shape.problem.tensors.map((_, t) => t);
  const { keeps } = model.space.nest();
  return makeCandidateLayout(
    space,
    Array.from(keeps, (bits) => tensors.filter((t) => (bits >> t) & 1)),
    model.account?.parts ?? Array.from(keeps, () => plainParts),
  );
}
