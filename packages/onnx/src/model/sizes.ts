import { LoopnestError } from "@loopnest/mapspace";

/**
 * A size that a file gives.
 *
 * @param of What has it.
 * @throws LoopnestError `input` if it is negative or too large to be counted exactly.
 */
export function fileSize(size: number, of: string): number {
  if (Number.isSafeInteger(size) && size >= 0) return size;
  throw new LoopnestError({
    code: "input",
    path: of,
    problem: size < 0 ? `a size of ${size}` : `a size of ${size} is too large to be counted (2^53 and above)`,
    fix: "export the model again: the file is damaged",
    got: size,
  });
}
