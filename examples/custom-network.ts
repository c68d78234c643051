// Searches an accelerator and mappings for a network that is written down here.
//
//     npx tsx custom-network.ts

import {
  conv,
  depthwiseConv,
  gemmini,
  type Layer,
  type Mapping,
  matmul,
  mergeLayers,
  workloadMacs,
} from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { descent, runSearch } from "@loopnest/optimizers";

// One block of a mobile network (expand, depthwise, project), four times, and the classifier. Layers of equal shape are
// worked out once: mergeLayers counts them.
const block = [
  conv({ name: "expand", R: 1, S: 1, P: 28, Q: 28, C: 32, K: 192 }),
  depthwiseConv({ name: "depthwise", R: 3, S: 3, P: 28, Q: 28, channels: 192 }),
  conv({ name: "project", R: 1, S: 1, P: 28, Q: 28, C: 192, K: 32 }),
];
const layers: Layer[] = [1, 2, 3, 4].flatMap(() => block).map((problem) => ({ problem, count: 1 }));
layers.push({ problem: matmul({ name: "classifier", m: 1, k: 32, n: 1000 }), count: 1 });
const network = {
  name: "mobile-block",
  description: "four inverted residuals and a classifier",
  source: "made up for this example",
  layers: mergeLayers(layers),
};
console.log(`${network.name}: ${network.layers.length} shapes, ${workloadMacs(network)} multiply-accumulates`);

const task = {
  model: analyticalModel(gemmini),
  workload: network,
  objective: { name: "edp", maxAreaMm2: 1 },
  fixed: {},
} as const;
const { best, samples } = await runSearch(descent, task, { seed: 1, samples: 2000 });
if (best === null) throw new Error("nothing fits");

console.log(`best of ${Math.round(samples)} evaluations: EDP ${best.value.toExponential(3)} uJ x cycles`);
console.log(`hardware: ${JSON.stringify(best.hardware)}, ${best.areaMm2.toFixed(3)} mm2`);
for (const layer of best.layers) {
  const share = (layer.count * layer.latencyCycles) / best.latencyCycles;
  console.log(`\n${layer.count} x ${layer.name}: ${(100 * share).toFixed(1)} % of the cycles`);
  printLoops(layer.mapping);
}

function printLoops(mapping: Mapping): void {
  let indent = "  ";
  for (const { level, temporal, spatial } of mapping) {
    const loops = [
      ...temporal.map(([dim, factor]) => `for ${dim} in ${factor}`),
      ...spatial.map(([dim, factor, axis]) => `unroll ${dim} over ${factor} (${axis})`),
    ];
    for (const loop of loops) {
      console.log(`${indent}${loop}   # ${level}`);
      indent += "  ";
    }
  }
}
