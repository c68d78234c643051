import { builtInWorkload, LoopnestError, type Workload } from "@loopnest/mapspace";
import { givenSizes } from "./given-sizes.js";

/**
 * A built-in network at the sizes that are given.
 *
 * @param dims `name=value` each: sequence, context, imageSize, batch.
 * @throws LoopnestError `input` for a size that the network does not take or cannot have.
 */
export function sizedWorkload(name: string, dims: readonly string[]): Workload {
  const sizes = givenSizes(dims);
  try {
    return builtInWorkload(name, sizes);
  } catch (error) {
    if (!(error instanceof LoopnestError) || dims.length === 0) throw error;
    throw new LoopnestError({ ...error.data, path: "--dim" });
  }
}

/** @throws LoopnestError `input` if sizes are given for a file in which all sizes are numbers. */
export function refuseDims(given: string, dims: readonly string[]): void {
  if (dims.length === 0) return;
  throw new LoopnestError({
    code: "input",
    path: "--dim",
    problem: `${given} is a workload file, in which every size is a number`,
    fix: "leave --dim out, or change the file",
  });
}
