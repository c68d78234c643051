import { LoopnestError } from "@loopnest/mapspace";

/**
 * Refuses a walk that would be too long, before it starts.
 *
 * @throws LoopnestError `unsupported` if `needed` exceeds `available`.
 */
export function checkStepLimit(level: string, tensor: string, needed: number, available: number): void {
  if (needed <= available) return;
  throw new LoopnestError({
    code: "unsupported",
    path: "mapping",
    problem: `counting ${tensor} below ${level} step by step takes ${needed} steps, the limit is ${available}`,
    fix: "choose a smaller problem, raise maxSteps, or use evaluate",
    level,
    tensor,
    needed,
    available,
  });
}
