import type { Evaluation, StepCounts, StepTensorCounts } from "../src/index.js";

/** What every way of counting has. */
type WordCounts = Pick<StepTensorCounts, "reads" | "updates" | "fills">;

/** Reads, updates and fills of every kept tensor, by level and tensor: what all ways of counting have in common. */
export function wordCounts(found: Evaluation | StepCounts): Record<string, Record<string, WordCounts>> {
  const counts: Record<string, Record<string, WordCounts>> = {};
  for (const [level, { tensors }] of Object.entries(found.levels)) {
    counts[level] = {};
    for (const [tensor, { reads, updates, fills }] of Object.entries<WordCounts>(tensors)) {
      counts[level][tensor] = { reads, updates, fills };
    }
  }
  return counts;
}
