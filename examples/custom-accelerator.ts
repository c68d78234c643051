// Searches the sizes of an accelerator that is described in a file, and compares it with a built-in one.
//
//     npx tsx custom-accelerator.ts

import { readFileSync } from "node:fs";
import { builtInWorkload, gemmini, type Target } from "@loopnest/mapspace";
import { parseDocument, targetSchema } from "@loopnest/mapspace/schema";
import { analyticalModel } from "@loopnest/model-analytical";
import { descent, runSearch } from "@loopnest/optimizers";

const file = new URL("vector-engine.yaml", import.meta.url);
// A field that is wrong is named with its line, column and what would be right.
const vectorEngine = parseDocument(readFileSync(file, "utf8"), { file: "vector-engine.yaml" }, targetSchema);

async function search(target: Target) {
  const task = {
    model: analyticalModel(target),
    workload: builtInWorkload("bert"),
    objective: { name: "edp" },
    fixed: {},
  } as const;
  const { best } = await runSearch(descent, task, { seed: 1, samples: 2000 });
  if (best === null) throw new Error(`nothing of bert fits ${target.name}`);
  return best;
}

for (const target of [vectorEngine, gemmini]) {
  const { hardware, energyUj, latencyCycles, areaMm2, value } = await search(target);
  console.log(`${target.name}: EDP ${value.toExponential(3)} uJ x cycles`);
  console.log(`  ${energyUj.toFixed(0)} uJ, ${latencyCycles} cycles, ${areaMm2.toFixed(3)} mm2`);
  for (const { name, description } of target.sizes) console.log(`  ${name} ${hardware[name]} (${description})`);
}
