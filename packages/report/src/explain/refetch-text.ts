import type { MovedLoop, PlacedLoop, Refetch } from "@loopnest/model-analytical/explain";
import { quantity } from "../numbers/number-format.js";
import { terminalText } from "../text/media.js";

/** A sentence per tensor that is fetched more than once: how often, because of which loops, what moving one does. */
export function refetchLines(refetches: readonly Refetch[]): string[] {
  return refetches.map(refetchText);
}

/** The same for one tensor. */
function refetchText({ tensor, isOutput, from, to, times, loops, moved }: Refetch): string {
  const passes = isOutput ? `come back to ${from} from ${to}` : `go from ${from} to ${to}`;
  const again = loops.map(loopText).join(", ");
  const sentence =
    `${tensor} ${passes} ${timesText(times)}: ${again} ${loops.length > 1 ? "do" : "does"} not move ` +
    "them, and loops inside do";
  return terminalText(`${sentence}; ${movedText(moved)}`);
}

function movedText(moved: MovedLoop | null): string {
  if (moved === null) return "no order of one level's loops was found that spares it";
  const { loop, times, energy, cycles } = moved;
  return (
    `with ${loop.dim} innermost in ${loop.level}, ${timesText(times)}: energy ${change(energy)}, ` +
    `latency ${change(cycles)}`
  );
}

function loopText({ level, dim, factor }: PlacedLoop): string {
  return `${dim}${factor} of ${level}`;
}

function timesText(times: number): string {
  const text = quantity(times);
  return text === "1" ? "once" : `${text} times`;
}

function change(ratio: number): string {
  const share = 100 * (ratio - 1);
  return `${share > 0 ? "+" : ""}${share.toFixed(1)} %`;
}
