import type { Evaluation } from "@loopnest/model-analytical";

/** What sets the latency: the level with the most cycles, or the MAC units. */
export function bindsText({ cycles, computeCycles, levels }: Evaluation): string {
  if (computeCycles >= cycles) return "MAC units";
  return Object.entries(levels).find(([, level]) => level.cycles >= cycles)?.[0] ?? "MAC units";
}
