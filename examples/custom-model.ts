// A performance model of our own: the closed form, and for every tile that is fetched from DRAM the cycles that a
// transfer takes to start. The search needs nothing but the PerformanceModel interface, so this is all there is to it.
//
//     npx tsx custom-model.ts

import { builtInWorkload, gemmini, type LayerModel, type LoopNest, type PerformanceModel } from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { type Design, descent, runSearch } from "@loopnest/optimizers";

/** Adds `startUpCycles` to the latency for every iteration of the outermost (DRAM) loops. */
function withTransferStartUp(base: PerformanceModel, startUpCycles: number): PerformanceModel {
  return {
    name: `${base.name} + ${startUpCycles} cycles a transfer`,
    target: base.target,
    machine: (sizes, rounding, out) => base.machine(sizes, rounding, out),
    machineGradient: (sizes, toMachine, toLogSizes) => base.machineGradient(sizes, toMachine, toLogSizes),
    movementCost: (movement, machine, rounding) => base.movementCost(movement, machine, rounding),
    movementGradient: (movement, machine, seed, toMachine) => base.movementGradient(movement, machine, seed, toMachine),
    layer(problem): LayerModel {
      const inner = base.layer(problem);
      return {
        space: inner.space,
        needs: (nest, out) => inner.needs(nest, out),
        evaluate(nest, machine, rounding, out) {
          inner.evaluate(nest, machine, rounding, out);
          out.latencyCycles += startUpCycles * transfers(nest);
        },
        gradient(nest, machine, seed, toFactors, toMachine) {
          inner.gradient(nest, machine, seed, toFactors, toMachine);
          // d (product of factors) / d (log of one of them) is the product.
          const perFactor = seed.latency * startUpCycles * transfers(nest);
          for (let i = nest.startTemporal[0]!; i < nest.end[0]!; i++) toFactors[i]! += perFactor;
        },
        // No `account`: it says how costs fall apart into counts and prices, which the exact search relies on, and
        // these start-up cycles are not part of it.
      };
    },
  };
}

/** How often a tile is fetched from DRAM: the product of the temporal loops of level 0. */
function transfers(nest: LoopNest): number {
  let product = 1;
  for (let i = nest.startTemporal[0]!; i < nest.end[0]!; i++) product *= nest.factor[i]!;
  return product;
}

async function search(model: PerformanceModel): Promise<Design> {
  const task = { model, workload: builtInWorkload("bert"), objective: { name: "edp" }, fixed: {} } as const;
  const { best } = await runSearch(descent, task, { seed: 1, samples: 10_430 });
  if (best === null) throw new Error("nothing fits");
  return best;
}

const closedForm = analyticalModel(gemmini);
for (const model of [closedForm, withTransferStartUp(closedForm, 200)]) {
  const { hardware, layers } = await search(model);
  const tiles = layers.reduce(
    (sum, { mapping, count }) =>
      sum + count * mapping[0]!.temporal.reduce((product, [, factor]) => product * factor, 1),
    0,
  );
  console.log(`${model.name}: ${tiles} transfers from DRAM, hardware ${JSON.stringify(hardware)}`);
}
