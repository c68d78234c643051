import { padWorkload } from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { annealing, descent, exact, genetic, randomSearch, runSearch, type SearchTask } from "@loopnest/optimizers";
import { descentQuestions, type Question } from "./descent-questions.js";

/**
 * How far from the best the descent ends, on many kinds of questions: its value over the certified optimum, or where
 * that takes too long, over the best that any method finds with as many samples. Arguments: samples, seeds, part of the
 * questions' names, seconds for a proof.
 */
const SAMPLES = Number(process.argv[2] ?? 10_430);
const SEEDS = Number(process.argv[3] ?? 5);
const WANTED = process.argv[4] ?? "";
const PROOF_SECONDS = Number(process.argv[5] ?? 60);

function title({ target, workload, objective }: Question): string {
  const limits = [
    objective.maxAreaMm2 === undefined ? [] : [`within ${objective.maxAreaMm2} mm2`],
    objective.maxLatencyCycles === undefined ? [] : [`within ${objective.maxLatencyCycles.toExponential()} cycles`],
  ].flat();
  return [`${workload.name} on ${target.name}: ${objective.name}`, ...limits].join(", ");
}

/** The certified optimum, or `null` if it cannot be had in time. */
async function optimum(task: SearchTask): Promise<number | null> {
  try {
    const signal = AbortSignal.timeout(PROOF_SECONDS * 1000);
    const { best, gap } = await runSearch(exact, task, { seed: 1, samples: 1 }, { signal });
    return gap === 0 ? best!.value : null;
  } catch {
    return null;
  }
}

const value = async (method: typeof annealing, task: SearchTask, seed: number) =>
  (await runSearch(method, task, { seed, samples: SAMPLES })).best?.value ?? Number.POSITIVE_INFINITY;

console.log(
  `${SAMPLES} samples, ${SEEDS} seeds, --pad off.\n\n| question | against | mean | worst |\n|---|---|---:|---:|`,
);
const means: number[] = [];
let worstOfAll = 0;
for (const question of descentQuestions) {
  if (!title(question).includes(WANTED)) continue;
  const model = analyticalModel(question.target);
  const task = { model, workload: padWorkload(question.workload, "off"), objective: question.objective, fixed: {} };
  const found: number[] = [];
  for (let seed = 1; seed <= SEEDS; seed++) found.push(await value(descent, task, seed));
  const certified = await optimum(task);
  let reference = certified ?? Number.POSITIVE_INFINITY;
  if (certified === null) {
    for (const method of [annealing, genetic, randomSearch]) {
      for (let seed = 1; seed <= SEEDS; seed++) reference = Math.min(reference, await value(method, task, seed));
    }
  }
  const ratios = found.map((own) => own / reference);
  const mean = Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / SEEDS);
  means.push(mean);
  worstOfAll = Math.max(worstOfAll, ...ratios);
  const against = certified === null ? "best of the others" : "optimum";
  console.log(`| ${title(question)} | ${against} | ${mean.toFixed(3)} | ${Math.max(...ratios).toFixed(3)} |`);
}
const all = Math.exp(means.reduce((sum, mean) => sum + Math.log(mean), 0) / means.length);
console.log(`| all ${means.length} | | ${all.toFixed(3)} | ${worstOfAll.toFixed(3)} |`);
