import { levelColor } from "../charts/palette.js";
import type { SweepGroup, SweepSummary } from "./sweep-design.js";

/**
 * How designs of one network on one target look in every chart: networks differ in colour, targets in their marks; of
 * one network alone, targets in both.
 */
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

/** Classes by which a page hides what is about a network on a target. */
export function choiceClass(
  sweep: SweepSummary,
  { workload, target }: Pick<SweepGroup, "workload" | "target">,
): string {
  const { networks, targets } = sweepNames(sweep);
  return `network-${networks.indexOf(workload)} target-${targets.indexOf(target)}`;
}

export function groupLook(sweep: SweepSummary, group: SweepGroup): GroupLook {
  const { networks, targets } = sweepNames(sweep);
  const [n, t] = [networks.indexOf(group.workload), targets.indexOf(group.target)];
  return {
    color: levelColor(networks.length === 1 ? t : n),
    symbol: SYMBOLS[t % SYMBOLS.length]![0],
    dash: DASHES[t % DASHES.length]!,
    className: choiceClass(sweep, group),
  };
}

/** What the colours of charts stand for: networks, or the targets of a single one. */
export function sweepLegend(sweep: SweepSummary) {
  const { networks, targets } = sweepNames(sweep);
  return (networks.length === 1 ? targets : networks).map((name, i) => ({ name, color: levelColor(i) }));
}

/** A target's mark as text. */
export function targetMark(index: number): string {
  return SYMBOLS[index % SYMBOLS.length]![1];
}
