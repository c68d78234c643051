import { builtInTarget, builtInWorkload } from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { type DescentOptions, descent, runSearch, type SearchTask } from "@loopnest/optimizers";
import { optima } from "./optima.js";
import { cosaStarts } from "./start-points.js";

const SAMPLES = 10_430;
const SEEDS = Number(process.argv[2] ?? 3);
/** Only variants with this in their names, if it is given. */
const WANTED = process.argv[3] ?? "";

/** What is changed from the defaults; each row of the table is one of these. */
type Variant = readonly [name: string, options: Partial<DescentOptions>, startPoints?: StartPoints];
type StartPoints = (task: SearchTask) => Promise<NonNullable<DescentOptions["startPoints"]>>;
const variants: readonly Variant[] = [
  ["as it is", {}],
  ["orders: fixed", { orders: "fixed" }],
  ["orders: gumbel", { orders: "gumbel" }],
  ["orders: softmax", { orders: "softmax" }],
  ["hardly any gradient steps (5 a start)", { tuning: { maxSteps: 5 } }],
  ["gradient steps and rounding only", { tuning: { startShare: 1, gradientShare: 0.99, maxSteps: 1_490 } }],
  ["no search over hardware", { tuning: { hardwareShare: 0 } }],
  ["no shaken layers", { tuning: { hardwareShare: 1 } }],
  ["single moves only, no swaps", { tuning: { swaps: false } }],
  ["every start on its own", { tuning: { startShare: 1, contenders: 0 } }],
  ["no contenders: all on the best start", { tuning: { contenders: 0 } }],
  ["starts: CoSA's mappings on 7 sizes of hardware", {}, cosaStarts],
  ["starts: CoSA's, and no gradient steps", { tuning: { maxSteps: 1, rate: 1e-9 } }, cosaStarts],
  ["starts: all random", { tuning: { outermostStart: false } }],
  ["1 start", { starts: 1 }],
  ["20 starts", { starts: 20 }],
  ["step 0.03", { tuning: { rate: 0.03 } }],
  ["step 0.3", { tuning: { rate: 0.3 } }],
];

const names = Object.keys(optima);
console.log(
  `Descent on gemmini, ${SAMPLES} samples, ${SEEDS} seeds: EDP over the certified optimum, geometric mean (worst).\n`,
);
console.log(`| variant | ${names.join(" | ")} | all | processor seconds (median) |`);
console.log(`|---|${names.map(() => "---:|").join("")}---:|---:|`);
for (const [variant, options, startPoints] of variants.filter(([variant]) =>
  WANTED.split(",").some((part) => variant.includes(part)),
)) {
  const seconds: number[] = [];
  const columns: number[][] = [];
  for (const name of names) {
    const ratios: number[] = [];
    const task = {
      model: analyticalModel(builtInTarget("gemmini"), { counts: "timeloop-2022" }),
      workload: builtInWorkload(name),
      objective: { name: "edp" } as const,
      fixed: {},
    };
    const given = startPoints && { startPoints: await startPoints(task) };
    for (let seed = 1; seed <= SEEDS; seed++) {
      const before = process.cpuUsage();
      const result = await runSearch(descent, task, { seed, samples: SAMPLES, ...options, ...given });
      ratios.push((result.best?.value ?? Number.POSITIVE_INFINITY) / optima[name]!);
      seconds.push(process.cpuUsage(before).user / 1e6);
    }
    columns.push(ratios);
  }
  seconds.sort((a, b) => a - b);
  const cells = [...columns, columns.flat()].map(
    (ratios) => `${mean(ratios).toFixed(4)} (${Math.max(...ratios).toFixed(3)})`,
  );
  console.log(`| ${variant} | ${cells.join(" | ")} | ${seconds[seconds.length >> 1]!.toFixed(1)} |`);
}

function mean(ratios: readonly number[]): number {
  return Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
}
