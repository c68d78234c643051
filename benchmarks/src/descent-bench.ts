import { parseArgs } from "node:util";
import { padWorkload } from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import {
  annealing,
  descent,
  exact,
  genetic,
  randomSearch,
  runSearch,
  type SearchHooks,
  type SearchMethod,
  type SearchOptions,
  type SearchTask,
} from "@loopnest/optimizers";
import { answersIn } from "./descent-answers.js";
import { descentQuestions, type Question, title } from "./descent-questions.js";
import { markdownTable } from "./markdown-table.js";

/**
 * How far from the best the descent ends, on many kinds of questions: its value over the certified optimum, or where
 * that takes too long, over the best that any other method finds with as many samples. Every answer is kept as it
 * comes, in one file for the descent's and one for what it is held against, so that the bench can be stopped at any
 * time and goes on where it was; after a change of the descent, begin a new file of its answers.
 */
const { values } = parseArgs({
  options: {
    samples: { type: "string", default: "10430" },
    /** Seeds, with commas between. */
    seeds: { type: "string", default: "1,2,3,4,5" },
    /** Seeds of the other methods, where nothing is certified. */
    "other-seeds": { type: "string", default: "1,2,3,4,5" },
    /** Only questions with one of these in their titles. */
    questions: { type: "string", default: "" },
    /** Processor seconds for a proof. */
    proof: { type: "string", default: "60" },
    /** Processor seconds after which no more is asked; what is known is printed. */
    stop: { type: "string", default: "Infinity" },
    answers: { type: "string", default: "runs/descent-answers.json" },
    references: { type: "string", default: "runs/descent-references.json" },
  },
});
const samples = Number(values.samples);
const proofSeconds = Number(values.proof);
const list = (text: string) => text.split(",").filter((part) => part !== "");
const seeds = list(values.seeds).map(Number);
const otherSeeds = list(values["other-seeds"]).map(Number);
const OTHERS = [annealing, genetic, randomSearch] as readonly SearchMethod<SearchOptions>[];

const seconds = (since?: NodeJS.CpuUsage) => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
};
const stopped = () => seconds() > Number(values.stop);

const answers = answersIn(values.answers);
const references = answersIn(values.references);

/** The certified optimum, or `null` if it cannot be had in time. */
async function optimum(task: SearchTask): Promise<number | null> {
  const begin = process.cpuUsage();
  const controller = new AbortController();
  const hold = async () => {
    if (seconds(begin) > proofSeconds) controller.abort();
  };
  const hooks: SearchHooks = { signal: controller.signal, hold };
  const { best, gap } = await runSearch(exact, task, { seed: 1, samples: 1 }, hooks);
  return gap === 0 ? best!.value : null;
}

const valueBy = async (method: SearchMethod<SearchOptions>, task: SearchTask, seed: number) =>
  (await runSearch(method, task, { seed, samples })).best?.value ?? null;

/** Least value that a search other than the descent has found, or the optimum; `null` if not all is known yet. */
async function reference(question: Question, task: SearchTask): Promise<[number, "optimum" | "others"] | null> {
  const key = [title(question), "exact", proofSeconds];
  const certified = await references.once(key, () => optimum(task), stopped());
  if (certified === undefined) return null;
  if (certified !== null) return [certified, "optimum"];
  const found: number[] = [];
  for (const method of OTHERS) {
    for (const seed of otherSeeds) {
      const ask = () => valueBy(method, task, seed);
      const value = await references.once([title(question), method.name, samples, seed], ask, stopped());
      if (value === undefined) return null;
      found.push(value ?? Number.POSITIVE_INFINITY);
    }
  }
  return [Math.min(...found), "others"];
}

const rows: string[][] = [];
const ratiosOf: Record<"optimum" | "others", number[][]> = { optimum: [], others: [] };
for (const question of descentQuestions) {
  if (values.questions !== "" && !list(values.questions).some((part) => title(question).includes(part))) continue;
  const model = analyticalModel(question.target);
  const task = { model, workload: padWorkload(question.workload, "off"), objective: question.objective, fixed: {} };
  const own: number[] = [];
  for (const seed of seeds) {
    const value = await answers.once([title(question), samples, seed], () => valueBy(descent, task, seed), stopped());
    if (value !== undefined) own.push(value ?? Number.POSITIVE_INFINITY);
  }
  const known = await reference(question, task);
  if (known === null || own.length < seeds.length) continue;
  const [value, against] = known;
  const ratios = own.map((found) => found / value);
  ratiosOf[against].push(ratios);
  const row = [title(question), against, mean(ratios).toFixed(3), Math.max(...ratios).toFixed(3)];
  rows.push(row);
  process.stderr.write(`${row.join(" | ")}\n`);
}

console.log(`${samples} samples, seeds ${seeds}, --pad off; processor seconds in all: ${Math.round(seconds())}.\n`);
console.log(markdownTable(["question", "against", "mean", "worst"], rows, [0, 1]));
for (const [against, all] of Object.entries(ratiosOf)) {
  if (all.length === 0) continue;
  const means = all.map(mean);
  console.log(
    `\nAgainst ${against}: ${all.length} questions, all together ${mean(means).toFixed(4)}, means up to ` +
      `${Math.max(...means).toFixed(3)} (${means.filter((each) => each > 1.01).length} above 1.01), worst ` +
      `${Math.max(...all.flat()).toFixed(3)} (${all.filter((each) => Math.max(...each) > 1.05).length} above 1.05).`,
  );
}

/** Geometric. */
function mean(ratios: readonly number[]): number {
  return Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
}
