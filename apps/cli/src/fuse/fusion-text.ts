import {
  type FusedEdge,
  type FusedNetwork,
  type FusionTotals,
  type NetworkSegment,
  type ObjectiveName,
  objectiveUnit,
} from "@loopnest/optimizers";
import { barText, numbers, percent, plainTable, quantity, type TextStyle, terminalText } from "@loopnest/report";

/** Characters of the longest bar. */
const BAR = 40;

/** A network with and without fusion, for people: totals, one line of what it comes to, and every edge. */
export function fusionText(
  title: string,
  objective: ObjectiveName,
  { apart, fused, segments, edges, home, capacityWords, free }: FusedNetwork,
  { bold, columns }: TextStyle,
): string {
  const rows = (
    [
      ["layer by layer", apart],
      ["fused", fused],
    ] as const
  ).map(([name, totals]) => [
    name,
    ...[totals.value, totals.energyUj, totals.latencyCycles, totals.outermostWords].map(quantity),
  ]);
  const heads = [`${shownAs(objective)} (${objectiveUnit(objective)})`, "energy, uJ", "latency, cycles", "DRAM words"];
  return [
    bold(terminalText(title)),
    `uneven mappings, ${proofText(apart, fused, free)}`,
    "",
    plainTable([{ title: "" }, ...heads.map(numbers)], rows, columns),
    "",
    summary(objective, apart, fused, edges),
    "",
    ...(segments.length === 0 ? [] : [segmentTable(segments, home, capacityWords, columns), ""]),
    ...unfusedLines(edges, columns),
  ].join("\n");
}

/** How near to the best both are proved to be. */
function proofText(apart: FusionTotals, fused: FusionTotals, free: readonly string[]): string {
  const share = (gap: number) =>
    gap === 0 ? "the best there is" : `at most ${percentAbove(gap)} above the best there is`;
  if (free.length > 0) {
    const here = `layer by layer ${share(apart.gap)} on this hardware`;
    return `proved: ${here}, fused ${share(fused.gap)} on any (${free.join(", ")} free)`;
  }
  if (apart.gap === 0 && fused.gap === 0) return "each line the best there is, with proof";
  const [alone, together] = [percentAbove(apart.gap), percentAbove(fused.gap)];
  return `proved to be at most ${alone} (layer by layer) and ${together} (fused) above the best there is`;
}

function percentAbove(gap: number): string {
  return `${(100 * gap).toFixed(2)} %`;
}

/** Segments that run together, one a line. */
function segmentTable(
  segments: readonly NetworkSegment[],
  home: string,
  capacityWords: number,
  columns: number | undefined,
): string {
  return plainTable(
    [
      { title: "segment", wraps: true },
      numbers("times"),
      numbers("DRAM words"),
      numbers("energy"),
      { title: `in ${home}`, wraps: true },
    ],
    segments.map((segment) => segmentRow(segment, capacityWords)),
    columns,
  );
}

/** Edges that are not fused everywhere, with the reason. */
function unfusedLines(edges: readonly FusedEdge[], columns: number | undefined): string[] {
  const rows = edges.flatMap(({ edge, fused, reason }) =>
    reason === null ? [] : [[`${edge.from} > ${edge.to}`, String(edge.count - fused), reason]],
  );
  if (rows.length === 0) return [];
  return [
    plainTable([{ title: "edge not fused" }, numbers("times"), { title: "why", wraps: true }], rows, columns),
    "",
  ];
}

function summary(
  objective: ObjectiveName,
  apart: FusionTotals,
  fused: FusionTotals,
  edges: readonly FusedEdge[],
): string {
  const all = edges.reduce((sum, { edge }) => sum + edge.count, 0);
  const done = edges.reduce((sum, edge) => sum + edge.fused, 0);
  const words = change(fused.outermostWords, apart.outermostWords);
  const value = `${shownAs(objective)} ${change(fused.value, apart.value)}`;
  return `fused ${done} of ${all} edges: DRAM words ${words}, ${value}`;
}

function segmentRow({ layers, count, fused, apart }: NetworkSegment, capacityWords: number): string[] {
  const cut = Object.entries(fused.tile).map(([dim, extent]) => `${dim} ${extent}`);
  const held = fused.words.held.map(quantity).join(" + ");
  const tiles = `${cut.length === 0 ? "all of it" : `tiles of ${cut.join(", ")}`}: ${held} words`;
  const most = `at most ${quantity(Math.max(...fused.words.occupied))} of ${quantity(capacityWords)} in use`;
  return [
    ...[layers.join(" > "), String(count), change(fused.outermostWords, apart.outermostWords)],
    ...[change(fused.energyPj, apart.energyPj), `${tiles}, ${most}`],
  ];
}

/** Buffer size against words of DRAM, as bars: the ski slope. */
export function sweepText(
  title: string,
  size: string,
  found: readonly { readonly value: number; readonly network: FusedNetwork }[],
  { bold, dim, cyan }: TextStyle,
): string {
  const largest = Math.max(...found.map(({ network }) => network.apart.outermostWords));
  const width = Math.max(size.length, ...found.map(({ value }) => String(value).length));
  const lines = found.flatMap(({ value, network: { apart, fused } }) => {
    const bar = (words: number) => barText((BAR * words) / largest);
    const label = (name: string, words: number) => ` ${quantity(words)} ${name}`;
    const before = `${dim(bar(apart.outermostWords))}${label("layer by layer", apart.outermostWords)}`;
    const after = `${cyan(bar(fused.outermostWords))}${label("fused", fused.outermostWords)}`;
    return [
      `${String(value).padStart(width)}  ${before}`,
      `${" ".repeat(width)}  ${after}, ${change(fused.value, apart.value)} of the objective`,
    ];
  });
  return [bold(terminalText(title)), `words of DRAM by ${size}`, "", ...lines, ""].join("\n");
}

function shownAs(objective: ObjectiveName): string {
  return objective.startsWith("ed") ? objective.toUpperCase() : objective;
}

function change(now: number, before: number): string {
  const share = now / before - 1;
  return `${share < 0 ? "-" : "+"}${percent(Math.abs(share))}`;
}
