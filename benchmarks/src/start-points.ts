import { type Hardware, type Mapping, makeMapspace, unflatten } from "@loopnest/mapspace";
import type { SearchTask } from "@loopnest/optimizers";
import { cosaStart } from "@loopnest/optimizers/cosa";

/**
 * gemmini from small to large: 16 x 16 as it is, and arrays that network after network ends up with, with little and
 * much memory.
 */
const HARDWARE: readonly Hardware[] = [
  {},
  { peDim: 16, scratchpadKb: 512, accumulatorKb: 256 },
  { peDim: 32, scratchpadKb: 256, accumulatorKb: 128 },
  { peDim: 64, scratchpadKb: 128, accumulatorKb: 128 },
  { peDim: 64, scratchpadKb: 512, accumulatorKb: 512 },
  { peDim: 128, scratchpadKb: 128, accumulatorKb: 512 },
  { peDim: 128, scratchpadKb: 512, accumulatorKb: 2048 },
];

/** Start points by CoSA's integer program (Huang et al., ISCA 2021), on gemmini of several sizes. */
export function cosaStarts({ model, workload }: SearchTask): Promise<Mapping[][]> {
  const { target } = model;
  const levels = target.levels.map(({ name }) => name);
  return Promise.all(
    HARDWARE.map((hardware) =>
      Promise.all(
        workload.layers.map(async ({ problem }) => {
          const space = makeMapspace(target, problem);
          const { nest } = await cosaStart(space, hardware);
          return unflatten(space.shape, levels, nest);
        }),
      ),
    ),
  );
}
