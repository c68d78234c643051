import { gemmini, resnet50 } from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { learnedModel } from "@loopnest/model-learned";
import { gemminiRtl } from "@loopnest/model-learned/gemmini-rtl";
import { descent, runSearch } from "@loopnest/optimizers";
import { median } from "../timing.js";

/** A search of ResNet-50's mappings on a 16 x 16 array, with the analytical model and with a learned one around it. */
const SAMPLES = 1500;
const ROUNDS = 5;

const base = analyticalModel(gemmini, { counts: "timeloop-2022" });
const models = [base, learnedModel(base, gemminiRtl())];

async function cpuSeconds(model: (typeof models)[number], seed: number): Promise<number> {
  const before = process.cpuUsage();
  const task = { model, workload: resnet50(), objective: { name: "edp" }, fixed: { peDim: 16 } } as const;
  await runSearch(descent, task, { seed, samples: SAMPLES, starts: 2 });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

async function main(): Promise<void> {
  const times: number[][] = models.map(() => []);
  // In turns, so that a slow moment of the machine meets both; the first round only warms up.
  for (let round = -1; round < ROUNDS; round++) {
    for (const [m, model] of models.entries()) {
      const seconds = await cpuSeconds(model, 1);
      if (round >= 0) times[m]!.push(seconds);
    }
  }
  const [analytical, learned] = times.map(median) as [number, number];
  console.log(JSON.stringify({ analyticalSeconds: analytical, learnedSeconds: learned }));
}

await main();
