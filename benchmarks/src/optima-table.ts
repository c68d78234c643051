import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { builtInTarget, builtInWorkload, padWorkload } from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { exact, runSearch, type SearchTask } from "@loopnest/optimizers";
import { markdownTable } from "./markdown-table.js";

/**
 * Certified EDP of built-in networks on built-in targets: what an exact search knows after so many processor seconds.
 * Arguments: seconds a question, networks and targets with commas between. Answers are kept in `optima.json` beside the
 * sources as they come: what is certified is not asked again, nor what has had as many seconds, so that the command can
 * be stopped at any time and goes on where it was. The table is of all answers kept.
 */
const SECONDS = Number(process.argv[2] ?? 600);
const NETWORKS = (process.argv[3] ?? "resnet50,bert-base,mobilenet-v2").split(",");
const TARGETS = (process.argv[4] ?? "gemmini,eyeriss,simba,nvdla-small,nvdla-large,tpu-v1,systolic").split(",");
const KEPT = new URL("../optima.json", import.meta.url);

/** What is known of one question. */
interface Answer {
  readonly network: string;
  readonly target: string;
  /** uJ x cycles. */
  readonly edp: number | null;
  readonly lowerBound: number | null;
  readonly gap: number | null;
  readonly hardware: Readonly<Record<string, number>>;
  /** Of the processor, and of those how many were allowed. */
  readonly seconds: number;
  readonly allowed: number;
  readonly megabytes: number;
}

const answers: Answer[] = existsSync(KEPT) ? JSON.parse(readFileSync(KEPT, "utf8")) : [];
for (const network of NETWORKS) {
  for (const target of TARGETS) {
    const at = answers.findIndex((answer) => answer.network === network && answer.target === target);
    const before = answers[at];
    if (before !== undefined && (before.gap === 0 || before.allowed >= SECONDS)) continue;
    const answer = await ask(network, target);
    process.stderr.write(`${cells(answer).join(" ")}\n`);
    if (before === undefined) answers.push(answer);
    else if ((answer.gap ?? Number.POSITIVE_INFINITY) <= (before.gap ?? Number.POSITIVE_INFINITY)) answers[at] = answer;
    writeFileSync(KEPT, `${JSON.stringify(answers, null, 2)}\n`);
  }
}
const head = ["network", "target", "EDP, uJ x cycles", "lower bound", "gap", "hardware", "processor s", "memory, GB"];
console.log("EDP, --pad off, counts timeloop-2025, one thread.\n");
console.log(markdownTable(head, answers.map(cells), [0, 1, 5]));

async function ask(network: string, target: string): Promise<Answer> {
  const workload = padWorkload(builtInWorkload(network), "off");
  const model = analyticalModel(builtInTarget(target));
  const task: SearchTask = { model, workload, objective: { name: "edp" }, fixed: {} };
  const begin = process.cpuUsage();
  const spent = () => {
    const { user, system } = process.cpuUsage(begin);
    return (user + system) / 1e6;
  };
  const controller = new AbortController();
  const hold = async () => {
    if (spent() > SECONDS) controller.abort();
  };
  const { best, lowerBound, gap } = await runSearch(
    exact,
    task,
    { seed: 1, samples: 1 },
    { signal: controller.signal, hold },
  );
  return {
    ...{ network, target, edp: best?.value ?? null, lowerBound: lowerBound ?? null, gap: gap ?? null },
    ...{ hardware: best?.hardware ?? {}, seconds: Math.round(spent()), allowed: SECONDS },
    megabytes: Math.round(process.memoryUsage.rss() / 1e6),
  };
}

function cells({ network, target, edp, lowerBound, gap, hardware, seconds, megabytes }: Answer): string[] {
  const sizes = Object.entries(hardware).map(([size, value]) => `${size} ${value}`);
  return [
    ...[network, target, edp?.toExponential(4) ?? "none", lowerBound?.toExponential(4) ?? "none"],
    ...[gap === 0 ? "certified" : gap === null ? "unknown" : `${(100 * gap).toFixed(2)} %`],
    ...[sizes.join(", "), String(seconds), (megabytes / 1000).toFixed(2)],
  ];
}
