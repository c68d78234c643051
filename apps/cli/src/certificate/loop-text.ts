import { type Mapspace, unflatten } from "@loopnest/mapspace";
import { loopLine } from "@loopnest/report";
import type { Choice } from "./check/layer-choices.js";

/** The loops of a mapping in a line: `DRAM K5 | Accumulator R3 C2y`. */
export function loopText(space: Mapspace, { dim, factor }: Choice): string {
  const nest = space.nest();
  nest.dim.set(dim);
  nest.factor.set(factor);
  return loopLine(
    unflatten(
      space.shape,
      space.target.levels.map(({ name }) => name),
      nest,
    ),
  );
}
