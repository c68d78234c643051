import { builtInTarget, builtInWorkload, padWorkload } from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { exact, runSearch, type SearchTask } from "@loopnest/optimizers";
import { markdownTable } from "./markdown-table.js";

/**
 * Certified EDP of built-in networks on built-in targets: what an exact search knows after so many seconds of one
 * thread. Arguments: seconds a question, networks and targets with commas between.
 */
const SECONDS = Number(process.argv[2] ?? 600);
const NETWORKS = (process.argv[3] ?? "resnet50,bert-base,mobilenet-v2").split(",");
const TARGETS = (process.argv[4] ?? "gemmini,eyeriss,simba,nvdla-small,nvdla-large,tpu-v1,systolic").split(",");

const rows: string[][] = [];
for (const network of NETWORKS) {
  for (const name of TARGETS) {
    const workload = padWorkload(builtInWorkload(network), "off");
    const model = analyticalModel(builtInTarget(name));
    const task: SearchTask = { model, workload, objective: { name: "edp" }, fixed: {} };
    const signal = AbortSignal.timeout(SECONDS * 1000);
    const { best, lowerBound, gap, seconds } = await runSearch(exact, task, { seed: 1, samples: 1 }, { signal });
    const hardware = Object.entries(best?.hardware ?? {}).map(([size, value]) => `${size} ${value}`);
    rows.push([
      ...[network, name, best?.value.toExponential(4) ?? "none", lowerBound?.toExponential(4) ?? "none"],
      ...[gap === 0 ? "certified" : `${(100 * (gap ?? Number.NaN)).toFixed(1)} %`, hardware.join(", ")],
      seconds.toFixed(0),
    ]);
    process.stderr.write(`${rows.at(-1)!.join(" ")}\n`);
  }
}
const head = ["network", "target", "EDP, uJ x cycles", "lower bound", "gap", "hardware", "seconds"];
console.log(`--pad off, counts timeloop-2025, at most ${SECONDS} s of one thread a question.\n`);
console.log(markdownTable(head, rows, [0, 1, 5]));
