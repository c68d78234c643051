// Reads the table of a sweep: the best design of every target within every limit of area.
//
//     npx loopnest sweep area-study.yaml -o sweeps/area
//     npx tsx read-sweep.ts sweeps/area

import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What this program reads of a row of `results.jsonl`; there is more. Units are in the names. */
interface Row {
  readonly status: "found" | "infeasible" | "failed";
  readonly target: string;
  readonly objective: string;
  readonly limit_area_mm2: number | null;
  readonly edp_uJ_cycles: number;
  readonly area_mm2: number;
}

const folder = process.argv[2];
if (folder === undefined) throw new Error("usage: npx tsx read-sweep.ts SWEEP");
const lines = readFileSync(join(folder, "results.jsonl"), "utf8").trimEnd().split("\n");
const rows = lines.map((line): Row => JSON.parse(line));

const best = new Map<string, Row>();
for (const row of rows) {
  if (row.status !== "found" || row.objective !== "edp") continue;
  const contest = `${row.target}, ${row.limit_area_mm2 === null ? "any area" : `${row.limit_area_mm2} mm2`}`;
  const other = best.get(contest);
  if (other === undefined || row.edp_uJ_cycles < other.edp_uJ_cycles) best.set(contest, row);
}
console.log(`${rows.length} searches`);
for (const [contest, { edp_uJ_cycles, area_mm2 }] of best) {
  console.log(`${contest}: EDP ${edp_uJ_cycles.toExponential(3)} uJ x cycles on ${area_mm2.toFixed(3)} mm2`);
}
