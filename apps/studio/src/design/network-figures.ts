import { defaultCounts, type Hardware, type Mapping, type Workload } from "@loopnest/mapspace";
import { type DesignFigures, designFigures } from "@loopnest/report";
import type { ChosenTarget, Studio } from "../state/studio.js";
import { mappingOf } from "./layer-view.js";
import { architectureOf } from "./machine.js";

/** The mapping of every layer. @throws LoopnestError if the target cannot run one. */
export function mappingsOf(studio: Studio): Mapping[] {
  return studio.network.workload.layers.map((_, layer) => mappingOf(studio, layer));
}

/** Every figure of the network with these mappings. @throws LoopnestError for a mapping that does not fit. */
export function networkFigures(
  workload: Workload,
  target: ChosenTarget,
  hardware: Hardware,
  mappings: readonly Mapping[],
): DesignFigures {
  const mapped = mappings.map((mapping) => ({ file: "", mapping }));
  return designFigures(workload, architectureOf(target, hardware), mapped, defaultCounts);
}
