import { paddedProblem } from "@loopnest/mapspace";
import { layersCsv, type RunResult } from "@loopnest/report";
import { reportPage } from "@loopnest/report/charts";
import { architectureOf, pricesOf } from "../design/machine.js";
import { writeDocument } from "../files/documents.js";
import type { KeptDesign } from "../state/studio.js";
import { sha256 } from "./fingerprint.js";
import { runViewOf } from "./run-view.js";

/** The files of a run folder, by name: what `loopnest evaluate --run` says reproduces. */
export async function runFiles(design: KeptDesign): Promise<Map<string, string>> {
  const { network, target, result } = design;
  const { workload } = network;
  const { counts } = result;
  const architecture = architectureOf(target, result.hardware);
  const files = new Map<string, string>();
  result.layers.forEach(({ file, name, mapping, padded }, i) => {
    const problem = paddedProblem(workload.layers[i]!.problem, padded);
    files.set(file, writeDocument({ id: name, problem, architecture, mapping, counts }, "yaml"));
  });
  const inputs = { workload, target: target.target, energyTable: pricesOf(target), counts };
  files.set("inputs.json", writeDocument(inputs, "json"));
  files.set("convergence.csv", convergenceCsv(result.convergence));
  files.set("layers.csv", layersCsv(result));
  files.set("report.html", reportPage([runViewOf(design)], document));
  const text = writeDocument(result, "json");
  const sums = [];
  for (const [name, content] of [...files, ["result.json", text] as const])
    sums.push(`${await sha256(content)}  ${name}\n`);
  files.set("SHA256SUMS", sums.join(""));
  files.set("result.json", text);
  return files;
}

/** Improvements, oldest first: a header, then samples spent, seconds and the best value of the objective. */
function convergenceCsv(convergence: RunResult["convergence"]): string {
  const rows = convergence.map(({ samples, seconds, value }) => `${samples},${seconds},${value}\n`);
  return `samples,seconds,value\n${rows.join("")}`;
}
