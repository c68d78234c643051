import type { Evaluation } from "@loopnest/model-analytical";
import { csv } from "@loopnest/report";

const COUNTS = ["reads", "updates", "fills", "utilizedCapacity", "energyPj"] as const;

/** Counts of every level and tensor as a CSV file, the MAC units last. */
export function countsCsv({ levels, computeCycles, computeEnergyPj }: Evaluation): string {
  const ofLevels = Object.entries(levels).flatMap(([level, { cycles, tensors }]) =>
    Object.entries(tensors).map(([tensor, counts]) => [level, tensor, ...COUNTS.map((name) => counts[name]), cycles]),
  );
  const ofUnits = ["MAC units", null, null, null, null, null, computeEnergyPj, computeCycles];
  return csv(["level", "tensor", ...COUNTS, "cyclesOfLevel"], [...ofLevels, ofUnits]);
}
