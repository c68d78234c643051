import { target, workload } from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { type DescentOptions, descent, runSearch } from "@loopnest/optimizers";
import { optima } from "./optima.js";

const SAMPLES = 10_430;
const SEEDS = Number(process.argv[2] ?? 3);

/** What is changed from the defaults; each row of the table is one of these. */
const variants: readonly (readonly [name: string, options: Partial<DescentOptions>])[] = [
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
  ["1 start", { starts: 1 }],
  ["20 starts", { starts: 20 }],
  ["step 0.03", { tuning: { rate: 0.03 } }],
  ["step 0.3", { tuning: { rate: 0.3 } }],
];

const names = Object.keys(optima);
console.log(
  `Descent on gemmini, ${SAMPLES} samples, ${SEEDS} seeds: EDP over the best known, geometric mean (worst).\n`,
);
console.log(`| variant | ${names.join(" | ")} | all | seconds (median) |`);
console.log(`|---|${names.map(() => "---:|").join("")}---:|---:|`);
for (const [variant, options] of variants) {
  const seconds: number[] = [];
  const columns: number[][] = [];
  for (const name of names) {
    const ratios: number[] = [];
    for (let seed = 1; seed <= SEEDS; seed++) {
      const task = {
        model: analyticalModel(target("gemmini")),
        workload: workload(name),
        objective: { name: "edp" } as const,
        fixed: {},
      };
      const result = await runSearch(descent, task, { seed, samples: SAMPLES, ...options });
      ratios.push((result.best?.value ?? Number.POSITIVE_INFINITY) / optima[name]!);
      seconds.push(result.seconds);
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
