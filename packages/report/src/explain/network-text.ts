import type { Mapping, Problem } from "@loopnest/mapspace";
import type { BoundaryTraffic, MappingExplanation, SizeNeeds } from "@loopnest/model-analytical/explain";
import type { Elasticity } from "../figures/elasticities.js";
import type { LayerFigures, NetworkTotals } from "../figures/figures.js";
import { type MovementRow, movementRows } from "../figures/movement-rows.js";
import { fusionLines } from "../fusion/fusion-lines.js";
import { percent, quantity } from "../numbers/number-format.js";
import { assumptions } from "../run/assumptions.js";
import { networkLines } from "../run/network-rows.js";
import type { RunResult } from "../run/run-result.js";
import type { RunView } from "../run/run-view.js";
import { plainTable } from "../tables/plain-table.js";
import { numbers } from "../tables/table.js";
import { elasticityLines, latencyBy } from "../terminal/elasticity-lines.js";
import { title, totalsLines } from "../terminal/result-table.js";
import { terminalText } from "../text/media.js";
import type { TextStyle } from "../text/text-style.js";
import { wrapped } from "../text/wrapped.js";
import type { AdaptedSize } from "./adapted-size.js";
import { refetchLines } from "./refetch-text.js";
import { resourceName } from "./resource-text.js";
import { withoutEffect } from "./without-effect.js";

/** A layer of a run and why it costs what it costs. */
export interface ExplainedLayer {
  readonly problem: Problem;
  readonly count: number;
  readonly mapping: Mapping;
  readonly share: LayerFigures["share"];
  readonly explanation: MappingExplanation;
}

/** A run as a whole: the data of `loopnest explain RUN --json`. */
export interface NetworkExplanation {
  readonly run: string;
  readonly hardware: RunResult["hardware"];
  readonly totals: NetworkTotals;
  readonly networks?: RunResult["networks"];
  /**
   * What the learned model says that was searched with: latencies of elasticities and adapted sizes are its own then.
   */
  readonly learned?: RunResult["learned"];
  readonly layers: readonly ExplainedLayer[];
  /** Operators that are no layers, and what they move. */
  readonly dataMovement?: RunResult["dataMovement"];
  readonly sizeNeeds: readonly SizeNeeds[];
  readonly elasticities: readonly Elasticity[];
  readonly adapted?: readonly AdaptedSize[];
}

/** The network of a run, explained for people: every layer's bottleneck, what decides the sizes, what EDP turns on. */
export function networkText(
  { result, architecture }: Pick<RunView, "result" | "architecture">,
  network: NetworkExplanation,
  style: TextStyle,
): string {
  const { bold, dim, columns } = style;
  const heading = (text: string) => ["", ...wrapped(text, columns).map(dim)];
  const sections = [
    bold(title(result)),
    "",
    ...totalsLines(result, columns),
    ...networkLines(result),
    ...fusionLines(result, style),
    ...heading(`what every layer waits for${byExactModel(result)}, and where most of its energy goes`),
    ...layerLines(result, network.layers, columns),
    ...refetched(network.layers, heading, columns),
    ...(network.sizeNeeds.length === 0
      ? []
      : [
          ...heading("which layers decide how large a size is: the least that their mappings need"),
          ...needsLines(network, columns),
        ]),
    ...heading(`what EDP turns on, from the gradient, all mappings as they are${latencyBy(result)}`),
    ...elasticityLines(network.elasticities, style),
  ];
  if (network.adapted !== undefined) {
    sections.push(
      ...heading(`what half and twice of a size does to ${result.objective.name}`),
      ...adaptedLines(network.adapted, columns),
      ...withoutEffect(network),
      dim("adapted: after a local search from the run's mappings; a whole search may find better"),
    );
  }
  const rows = assumptions(result, architecture).map(({ about, text }) => [about, text]);
  const table = plainTable([{ title: "" }, { title: "", wraps: true }], rows, columns)
    .split("\n")
    .slice(1);
  sections.push(...heading("what these figures count, and what they do not"), ...table);
  return sections.join("\n");
}

/** Bottlenecks are the exact model's, whatever was searched with: a learned latency has no parts. */
function byExactModel({ learned }: RunResult): string {
  return learned === undefined ? "" : " by the exact model";
}

function layerLines(result: RunResult, layers: readonly ExplainedLayer[], columns?: number): string[] {
  const table = plainTable(
    [
      ...[{ title: "layer" }, numbers("count"), numbers("EDP"), { title: "waits for" }],
      ...[numbers("over the next"), numbers("MACs used"), { title: "energy mostly" }],
      numbers(""),
    ],
    layers
      .map(({ problem, count, share, explanation }) => {
        const { resources, boundaries, utilization, evaluation } = explanation;
        const [first, next] = resources;
        const dearest = boundaries.reduce((a, b) => (b.energyPj > a.energyPj ? b : a));
        return [
          problem.name,
          String(count),
          percent(share.edp),
          resourceName(first!),
          next === undefined ? "" : `${(first!.busyCycles / next.busyCycles).toFixed(2)} x`,
          percent(utilization.total),
          ...dearestText(dearest, evaluation),
        ];
      })
      .concat(movementRows(result).map((row) => movementCells(row, Object.keys(result.layers[0]!.levels)[0]!))),
    columns,
  );
  return table.split("\n");
}

/** An operator that is no layer waits for the outermost level, and costs nothing else. */
function movementCells({ name, count, share }: MovementRow, outermost: string): string[] {
  return [name, String(count), percent(share.edp), outermost, "", "", `accesses to ${outermost}`, percent(1)];
}

/** Layers of which sentences are shown: those with the largest shares of energy. */
const MOST_REFETCHED = 3;

/** What is fetched again and again in the layers that cost most energy. */
function refetched(layers: readonly ExplainedLayer[], heading: (text: string) => string[], columns?: number): string[] {
  const dearest = layers
    .filter(({ explanation }) => explanation.refetches.length > 0)
    .sort((a, b) => b.share.energy - a.share.energy)
    .slice(0, MOST_REFETCHED);
  if (dearest.length === 0) return [];
  return [
    ...heading("what is fetched again and again, in the layers that cost most energy (others: --layer)"),
    ...dearest.flatMap(({ problem, explanation }) =>
      refetchLines(explanation.refetches).flatMap((line) =>
        wrapped(`${terminalText(problem.name)}: ${line}`, columns, "  "),
      ),
    ),
  ];
}

function dearestText(
  { tensor, from, to, energyPj }: BoundaryTraffic,
  evaluation: MappingExplanation["evaluation"],
): string[] {
  if (evaluation.computeEnergyPj > energyPj) return ["MACs", percent(evaluation.computeEnergyPj / evaluation.energyPj)];
  return [`${tensor}, ${from} > ${to}`, percent(energyPj / evaluation.energyPj)];
}

function needsLines({ sizeNeeds, layers }: NetworkExplanation, columns?: number): string[] {
  const table = plainTable(
    [
      ...[{ title: "size" }, numbers("is"), { title: "for" }],
      ...[numbers("needs"), { title: "then" }, numbers("needs")],
    ],
    sizeNeeds.map(({ size, value, needs }) => {
      const order = needs.map((_, i) => i).sort((a, b) => needs[b]! - needs[a]!);
      const [most, next] = [order[0]!, order.find((i) => needs[i]! < needs[order[0]!]!)];
      const alike = needs.filter((need) => need === needs[most]).length - 1;
      return [
        ...[size, quantity(value), `${layers[most]!.problem.name}${alike > 0 ? ` and ${alike} more` : ""}`],
        quantity(needs[most]!),
        ...(next === undefined ? ["", ""] : [layers[next]!.problem.name, quantity(needs[next]!)]),
      ];
    }),
    columns,
  );
  return table.split("\n");
}

function adaptedLines(rows: readonly AdaptedSize[], columns?: number): string[] {
  const table = plainTable(
    [
      ...[{ title: "size" }, numbers("from"), numbers("to")],
      ...[numbers("mappings as they are"), numbers("adapted"), numbers("area")],
    ],
    rows.map(({ size, from, to, asIs, adapted, area }) => [
      ...[size, quantity(from), quantity(to)],
      ...[
        asIs === null ? "does not fit" : change(asIs),
        adapted === null ? "none found" : change(adapted),
        change(area),
      ],
    ]),
    columns,
  );
  return table.split("\n");
}

/** A ratio as a change: `+3.2 %`. */
function change(ratio: number): string {
  const share = ratio - 1;
  return `${share > 0 ? "+" : ""}${(100 * share).toFixed(2)} %`;
}
