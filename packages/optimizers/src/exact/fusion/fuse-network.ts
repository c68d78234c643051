import type { SearchTask } from "../../search/task.js";
import { fuseFixed } from "./fuse-fixed.js";
import { fuseHardware } from "./fuse-hardware.js";
import type { FusedNetwork } from "./fused-network.js";
import type { FusionOptions } from "./fusion-options.js";

/**
 * The best that a network can do if what one layer hands the next may stay on chip: on given hardware, or with the
 * hardware where sizes are free (then `apart` is of the hardware found). See `fuseFixed` and `fuseHardware`.
 *
 * @returns `null` if nothing that fits was found.
 * @throws LoopnestError `unsupported` if latency, energy or EDP are limited, no level of the target may be a home, or
 * the hardware is too various to be gone through.
 */
export function fuseNetwork(task: SearchTask, options: FusionOptions = {}): Promise<FusedNetwork | null> {
  const isFree = task.model.target.sizes.some(({ name }) => task.fixed[name] === undefined);
  return isFree ? fuseHardware(task, options) : fuseFixed(task, options);
}
