import { markdownTable } from "./markdown-table.js";
import { optima } from "./optima.js";
import { otherTools } from "./other-tools.js";
import type { Times, WholeSearch } from "./program-times.js";
import type { StudioTimes } from "./studio-times.js";
import { median } from "./timing.js";

export interface LayerRate {
  readonly layer: string;
  readonly perSecond: number;
}

export interface GradientCost {
  readonly layer: string;
  readonly valueMicroseconds: number;
  /** Of value and gradient together. */
  readonly gradientMicroseconds: number;
}

export interface FamilyRate {
  readonly family: string;
  readonly records: number;
  readonly evaluatePerSecond: number;
  readonly preparedPerSecond: number;
}

/** Processor seconds of a search with the analytical model, and with a learned one around it. */
export interface LearnedSearch {
  readonly analyticalSeconds: number;
  readonly learnedSeconds: number;
}

export interface Results {
  readonly machine: string;
  readonly layers: readonly LayerRate[];
  readonly gradients: readonly GradientCost[];
  readonly step: { readonly layers: number; readonly microseconds: number };
  readonly learnedSearch: LearnedSearch;
  readonly families: readonly FamilyRate[];
  readonly start: { readonly loopnest: Times; readonly node: Times };
  readonly search: WholeSearch;
  /** `null` where there is no Chromium. */
  readonly studio: StudioTimes | null;
}

/** All results as Markdown. */
export function resultsText(results: Results): string {
  const { machine, families, layers } = results;
  return [
    machine,
    goalsTable(results),
    "Evaluations a second and core, by kind of machine:",
    markdownTable(
      ["machines", "mappings", "`evaluate`", "prepared layer"],
      families.map(({ family, records, evaluatePerSecond, preparedPerSecond }) => [
        family,
        String(records),
        rate(evaluatePerSecond),
        rate(preparedPerSecond),
      ]),
    ),
    "Against what people run today (one mapping of one layer each, one thread):",
    comparison(median(layers.map(({ perSecond }) => perSecond)), families),
  ].join("\n\n");
}

/** What was asked for beside what was measured. */
function goalsTable({ layers, gradients, step, start, search, studio, learnedSearch }: Results): string {
  const rates = layers.map(({ perSecond }) => perSecond);
  const ratios = gradients.map(
    ({ valueMicroseconds, gradientMicroseconds }) => gradientMicroseconds / valueMicroseconds,
  );
  const perStep = step.microseconds / step.layers;
  const best = optima["resnet50"]!;
  const above = search.edps.map((edp) => edp / best - 1);
  return markdownTable(
    ["", "measured", "goal"],
    [
      ["exact evaluations of a ResNet-50 layer on gemmini, median layer", `${rate(median(rates))}/s`, "1,000,000/s"],
      ["- slowest and fastest layer", `${rate(Math.min(...rates))} to ${rate(Math.max(...rates))}/s`, ""],
      ["value + gradient over value, median layer", median(ratios).toFixed(2), "4"],
      ["- worst layer", Math.max(...ratios).toFixed(2), ""],
      [
        `one descent step over ResNet-50's ${step.layers} layers`,
        `${step.microseconds.toFixed(0)} us, ${perStep.toFixed(1)} us a layer`,
        "",
      ],
      [
        `\`loopnest search resnet50\`, ${whole(search.samples)} samples, median of ${search.edps.length} seeds, ` +
          `by the clock (processor)`,
        `${(search.times.clockMs / 1000).toFixed(1)} s (${(search.times.cpuMs / 1000).toFixed(1)} s)`,
        "60 s",
      ],
      ["- EDP above the certified optimum", above.map((share) => `${(100 * share).toFixed(2)} %`).join(", "), ""],
      [
        "search with a learned model over search with the analytical one (processor)",
        (learnedSearch.learnedSeconds / learnedSearch.analyticalSeconds).toFixed(2),
        "1.2",
      ],
      ["`loopnest --version`, by the clock (processor)", startText(start.loopnest), "150 ms"],
      ["- a Node that does nothing", startText(start.node), ""],
      [
        "studio: a factor moved until the next picture, largest layer, by the clock (processor)",
        studio === null ? "no Chromium here" : `${studio.frameMs.toFixed(0)} ms (${studio.frameCpuMs.toFixed(0)} ms)`,
        "16 ms",
      ],
      [
        "- first load until it answers, processor slowed down 4 times",
        studio === null ? "" : `${studio.interactiveMs.toFixed(0)} ms`,
        "2,000 ms",
      ],
    ],
  );
}

function startText({ clockMs, cpuMs }: Times): string {
  return `${clockMs.toFixed(0)} ms (${cpuMs.toFixed(0)} ms)`;
}

function comparison(ours: number, families: readonly FamilyRate[]): string {
  const prepared = families.map(({ preparedPerSecond }) => preparedPerSecond);
  const ofEvaluate = families.map(({ evaluatePerSecond }) => evaluatePerSecond);
  const range = (least: number, most: number) => (least === most ? rate(least) : `${rate(least)} to ${rate(most)}`);
  const times = (least: number, most: number) => {
    const [from, to] = [ours / most, ours / least].map((ratio) => `${whole(Number(ratio.toPrecision(2)))} times`);
    return from === to ? from! : `${from!.replace(" times", "")} to ${to}`;
  };
  return markdownTable(
    ["tool", "a second", "what", "loopnest's search loop is faster", "described in"],
    [
      ...otherTools.map(({ name, perSecond: [least, most], what, paper }) => [
        name,
        range(least, most),
        what,
        times(least, most),
        paper,
      ]),
      [
        "loopnest, `evaluate`",
        range(Math.min(...ofEvaluate), Math.max(...ofEvaluate)),
        "plain data in, every count out; the machines above",
        "",
        "this page",
      ],
      [
        "loopnest, prepared layer",
        range(Math.min(...prepared), Math.max(...prepared)),
        "evaluations; the machines above, any loop at any level",
        "",
        "this page",
      ],
      ["loopnest, search loop", rate(ours), "evaluations; ResNet-50 on gemmini", "", "this page"],
    ],
    [0, 2, 4],
  );
}

/** Three significant digits, thousands parted. */
function rate(perSecond: number): string {
  return whole(Number(perSecond.toPrecision(3)));
}

function whole(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}
