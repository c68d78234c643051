import type { RunEdge, RunFusion } from "../figures/run-fusion.js";
import { quantity } from "../numbers/number-format.js";

/** Why an edge is not fused everywhere: the search's reason, and what stands against it in words. */
export function edgeText({ words, cuts, againWords, reason }: RunEdge, { home, capacityWords }: RunFusion): string {
  if (reason === null) return "fused";
  const over = capacityWords === null ? 0 : words - capacityWords;
  if (over <= 0 || capacityWords === null) return reason;
  const needs = `all of it needs ${quantity(over)} words more than ${home} has`;
  if (cuts.length === 0) return `${reason}; ${needs}, and a reduction on the way lets no loop cut it`;
  const turns = Math.ceil(words / capacityWords);
  const again =
    againWords > 0
      ? `, each of which fetches ${quantity(againWords)} words beside it again, unless they are held too`
      : "";
  return `${reason}; ${needs}; loops over ${cuts.join(", ")} would cut it into at least ${turns} turns${again}`;
}
