import { levelColor } from "../charts/palette.js";
import type { SweepGroup, SweepSummary } from "./sweep-design.js";

/** How designs of one network on one target look in every chart: networks differ in colour, targets in their marks. */
export interface GroupLook {
  readonly color: string;
  readonly symbol: (typeof SYMBOLS)[number][0];
  readonly dash: string;
  /** Classes by which a page hides them. */
  readonly className: string;
}

const SYMBOLS = [
  ["circle", "●"],
  ["square", "■"],
  ["triangle", "▲"],
  ["diamond", "◆"],
  ["star", "★"],
  ["cross", "✚"],
] as const;
const DASHES = ["none", "7 3", "2 3", "9 3 2 3", "4 2", "12 4"];

/** Names of a sweep's networks, and of its targets, in their order. */
export function sweepNames({ groups }: SweepSummary) {
  return {
    networks: [...new Set(groups.map(({ workload }) => workload))],
    targets: [...new Set(groups.map(({ target }) => target))],
  };
}

export function groupLook(sweep: SweepSummary, { workload, target }: SweepGroup): GroupLook {
  const { networks, targets } = sweepNames(sweep);
  const [n, t] = [networks.indexOf(workload), targets.indexOf(target)];
  return {
    color: levelColor(n),
    symbol: SYMBOLS[t % SYMBOLS.length]![0],
    dash: DASHES[t % DASHES.length]!,
    className: `network-${n} target-${t}`,
  };
}

/** A target's mark as text. */
export function targetMark(index: number): string {
  return SYMBOLS[index % SYMBOLS.length]![1];
}
