import type { Evaluation } from "./evaluate.js";

/** What sets the latency: the level with the most cycles, the outermost of equals; `compute` if none has more. */
export function bottleneck({ levels, computeCycles }: Pick<Evaluation, "levels" | "computeCycles">): string {
  let name = "compute";
  let most = computeCycles;
  for (const [level, { cycles }] of Object.entries(levels)) {
    if (cycles <= most) continue;
    name = level;
    most = cycles;
  }
  return name;
}
