import {
  type FusedEdge,
  type FusedNetwork,
  type FusionTotals,
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
  { apart, fused, edges, home, capacityWords }: FusedNetwork,
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
    "uneven mappings, each line the best there is, with proof",
    "",
    plainTable([{ title: "" }, ...heads.map(numbers)], rows, columns),
    "",
    summary(objective, apart, fused, edges),
    "",
    plainTable(
      [
        { title: "edge" },
        numbers("times"),
        numbers("DRAM words"),
        numbers("energy"),
        { title: `in ${home}`, wraps: true },
      ],
      edges.map((edge) => edgeRow(edge, capacityWords)),
      columns,
    ),
    "",
  ].join("\n");
}

function summary(
  objective: ObjectiveName,
  apart: FusionTotals,
  fused: FusionTotals,
  edges: readonly FusedEdge[],
): string {
  const count = (list: readonly FusedEdge[]) => list.reduce((sum, { edge }) => sum + edge.count, 0);
  const done = count(edges.filter((edge) => edge.fused !== null));
  const words = change(fused.outermostWords, apart.outermostWords);
  const value = `${shownAs(objective)} ${change(fused.value, apart.value)}`;
  return `fused ${done} of ${count(edges)} edges: DRAM words ${words}, ${value}`;
}

function edgeRow({ edge, fused, apart, reason }: FusedEdge, capacityWords: number): string[] {
  const name = `${edge.from} > ${edge.to}`;
  if (fused === null) return [name, String(edge.count), "", "", `not fused: ${reason}`];
  const { tile, above, running } = fused.words;
  const cut = Object.entries(fused.tile).map(([dim, extent]) => `${dim} ${extent}`);
  const held = `${cut.length === 0 ? "all of it" : `tiles of ${cut.join(", ")}`}: ${quantity(tile)} words`;
  const rest = `${quantity(above + Math.max(...running))} for the rest, of ${quantity(capacityWords)}`;
  return [
    ...[name, String(edge.count), change(fused.outermostWords, apart.outermostWords)],
    ...[change(fused.energyPj, apart.energyPj), `${held}, ${rest}`],
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
