import { unknownName } from "../errors/did-you-mean.js";
import type { Target } from "../hardware/target.js";
import { eyeriss } from "./eyeriss.js";
import { gemmini } from "./gemmini.js";
import { nvdlaLarge, nvdlaSmall } from "./nvdla.js";
import { simba } from "./simba.js";
import { systolic } from "./systolic.js";
import { tpuV1 } from "./tpu-v1.js";

const targets: readonly Target[] = [gemmini, eyeriss, simba, nvdlaSmall, nvdlaLarge, tpuV1, systolic];

/** Names of the built-in targets. */
export const targetNames: readonly string[] = targets.map(({ name }) => name);

/**
 * A built-in target by name.
 *
 * @throws LoopnestError `input` if there is none, with the names that may have been meant.
 */
export function builtInTarget(name: string): Target {
  const found = targets.find((candidate) => candidate.name === name);
  if (found === undefined) throw unknownName("target", name, targetNames, "target");
  return found;
}
