// Reads the folder of a run: where does the energy go, and does a case of the run still count the same?
//
//     npx loopnest search tiny-network.yaml --target gemmini --samples 500 -o runs/tiny
//     npx tsx read-results.ts runs/tiny

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { caseSchema, parseDocument } from "@loopnest/mapspace/schema";
import { evaluate } from "@loopnest/model-analytical";

/** What this program reads of `result.json`; there is more. Units are in the names. */
interface RunResult {
  readonly schemaVersion: number;
  readonly hardware: Readonly<Record<string, number>>;
  readonly totals: { readonly edp: number; readonly energyUj: number; readonly latencyCycles: number };
  readonly layers: readonly {
    readonly name: string;
    readonly count: number;
    readonly file: string;
    readonly energyPj: number;
    readonly computeEnergyPj: number;
    readonly latencyCycles: number;
    readonly bottleneck: string;
    readonly levels: Readonly<
      Record<string, { readonly tensors: Readonly<Record<string, { readonly energyPj: number }>> }>
    >;
  }[];
}

const folder = process.argv[2];
if (folder === undefined) throw new Error("usage: npx tsx read-results.ts RUN");
const result: RunResult = JSON.parse(readFileSync(join(folder, "result.json"), "utf8"));
if (result.schemaVersion !== 1) throw new Error(`this reads version 1 of result.json, not ${result.schemaVersion}`);

const { totals, hardware, layers } = result;
console.log(`EDP ${totals.edp.toExponential(3)} uJ x cycles on ${JSON.stringify(hardware)}`);

const energyPj = new Map<string, number>();
const add = (name: string, pj: number) => energyPj.set(name, (energyPj.get(name) ?? 0) + pj);
for (const { count, computeEnergyPj, levels } of layers) {
  add("compute", count * computeEnergyPj);
  for (const [level, { tensors }] of Object.entries(levels)) {
    for (const [tensor, one] of Object.entries(tensors)) add(`${level} ${tensor}`, count * one.energyPj);
  }
}
for (const [name, pj] of [...energyPj].sort((a, b) => b[1] - a[1])) {
  console.log(`${((100 * pj) / 1e6 / totals.energyUj).toFixed(1).padStart(5)} %  ${name}`);
}

// Every layer is also a file of its own that holds all a model needs: problem, architecture and mapping.
for (const { file, name, latencyCycles, bottleneck } of layers) {
  const { problem, architecture, mapping } = parseDocument(
    readFileSync(join(folder, file), "utf8"),
    { file },
    caseSchema,
  );
  const { cycles } = evaluate(problem, architecture, mapping);
  console.log(
    `${name}: ${cycles} cycles, limited by ` +
      `${bottleneck}${cycles === latencyCycles ? "" : " (the run says otherwise!)"}`,
  );
}
