import type { RunFusion, RunSegment } from "../figures/run-fusion.js";
import { percent, quantity, whole } from "../numbers/number-format.js";
import { objectiveTitle } from "../run/run-objective.js";
import type { RunResult } from "../run/run-result.js";
import { numbers, type Table } from "../tables/table.js";
import { edgeText } from "./edge-text.js";

type FusedResult = RunResult & { readonly fusion: RunFusion };

/** Whether a run was searched with fusion. */
export function isFused(result: RunResult): result is FusedResult {
  return result.fusion !== undefined;
}

/** One line of what it comes to: how many edges, and what that does to words of DRAM and to the objective. */
export function fusionSummary({ fusion, objective, value }: FusedResult): string {
  const all = fusion.edges.reduce((sum, { count }) => sum + count, 0);
  const done = fusion.edges.reduce((sum, { fused }) => sum + fused, 0);
  return (
    `fused ${done} of ${all} edges: DRAM words ${change(fusion.outermostWords, fusion.apart.outermostWords)}, ` +
    `${objectiveTitle(objective.name)} ${change(value, fusion.apart.value)}`
  );
}

/** The network layer by layer and fused. */
export function totalsTable({ fusion, totals, value, unit, objective }: FusedResult): Table {
  const both = [fusion.apart, { ...totals, value, outermostWords: fusion.outermostWords }];
  // An objective that is energy or latency has its column already.
  const figures = new Map<string, (own: (typeof both)[number]) => number>([
    [`${objectiveTitle(objective.name)}, ${unit}`, (own) => own.value],
    ["energy, uJ", (own) => own.energyUj],
    ["latency, cycles", (own) => own.latencyCycles],
    ["DRAM words", (own) => own.outermostWords],
  ]);
  return {
    columns: [{ title: "" }, ...[...figures.keys()].map(numbers)],
    rows: ["layer by layer", "fused"].map((name, i) => [
      name,
      ...[...figures.values()].map((figure) => quantity(figure(both[i]!))),
    ]),
  };
}

/** A row per segment: layers, shared loops, words of DRAM with and without, and of the home while each layer runs. */
export function segmentTable({ fusion, layers }: FusedResult): Table {
  return {
    columns: [
      ...[{ title: "segment", wraps: true }, numbers("times"), { title: "shared loops" }],
      ...[numbers("DRAM words"), numbers("without"), numbers(""), numbers("energy"), numbers("most held")],
    ],
    rows: fusion.segments.map((segment) => [
      ...[namesOf(segment, layers).join(" > "), whole(segment.count)],
      segment.loops.map(([dim, trips]) => `${dim} ${trips}`).join(", ") || "none",
      ...[quantity(segment.outermostWords), quantity(segment.apart.outermostWords)],
      change(segment.outermostWords, segment.apart.outermostWords),
      change(segment.energyPj, segment.apart.energyPj),
      mostHeld(segment, fusion),
    ]),
  };
}

/** A row per edge: fused or why not. */
export function edgeTable({ fusion }: FusedResult): Table {
  return {
    columns: [
      ...[{ title: "edge" }, numbers("times"), numbers("fused"), numbers("words handed over")],
      { title: "why not", wraps: true },
    ],
    rows: fusion.edges.map((edge) => [
      ...[`${edge.from} > ${edge.to}`, whole(edge.count), whole(edge.fused), quantity(edge.words)],
      edge.reason === null ? "" : edgeText(edge, fusion),
    ]),
  };
}

/** Names of a segment's layers, first to last. */
export function namesOf({ layers: places }: RunSegment, layers: RunResult["layers"]): string[] {
  return places.map((i) => layers[i]!.name);
}

function mostHeld({ words }: RunSegment, { capacityWords }: RunFusion): string {
  const most = Math.max(...words.occupied);
  return capacityWords === null ? quantity(most) : `${quantity(most)} of ${quantity(capacityWords)}`;
}

/** A change in percent; of nothing to something there is none. */
export function change(now: number, before: number): string {
  if (!(before > 0)) return "";
  const share = now / before - 1;
  return `${share < 0 ? "-" : "+"}${percent(Math.abs(share))}`;
}
