import { makePace } from "../../run/pace.js";
import type { Recorder } from "../../run/recorder.js";
import type { SearchHooks } from "../../search/task.js";
import type { MappingPool } from "../enumerate/mapping-pool.js";
import { makeHardwareProof } from "./hardware-proof.js";
import type { Question } from "./question.js";

/**
 * Branch and bound over all arrays of a question, from the mappings of every group and layer, until it is done or
 * stopped.
 *
 * @param elsewhere What bounds all designs on other arrays, if there are others.
 * @returns false if it was stopped.
 */
export async function proveArrays(
  { network, space, groups, goal }: Question,
  options: { readonly gap?: number },
  pools: readonly (readonly MappingPool[])[],
  record: Recorder,
  hold: SearchHooks["hold"],
  elsewhere = Number.POSITIVE_INFINITY,
): Promise<boolean> {
  const proof = makeHardwareProof(space, network, goal, options.gap ?? 0, record.best, record.offer);
  const pace = makePace(hold);
  for (const [g, arrays] of groups.entries()) {
    proof.add(arrays, pools[g]!);
    record.spend(0);
    await pace.breathe();
    if (record.done) return false;
  }
  while (proof.step()) {
    record.prove(Math.min(proof.lowerBound, elsewhere));
    record.spend(0);
    await pace.breathe();
    if (record.done) return false;
  }
  record.prove(Math.min(proof.lowerBound, elsewhere));
  return true;
}
