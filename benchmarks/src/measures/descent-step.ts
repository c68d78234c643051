import { gemmini, resnet50, seededRandom } from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
// What a search does inside is no public face of the package.
import { makeNetworkGradient } from "../../../packages/optimizers/src/descent/network-gradient.js";
import { descendLayer, relaxLayer, writeFactors } from "../../../packages/optimizers/src/descent/relaxed-layer.js";
import { randomStart } from "../../../packages/optimizers/src/descent/start-point.js";
import { makeNetwork } from "../../../packages/optimizers/src/network/network.js";
import { medianSeconds } from "../timing.js";

/** Gradient steps over all of ResNet-50's layers at once, hardware derived from the mappings: one order per layer. */
const STEPS = 200;

const prepared = makeNetwork({
  model: analyticalModel(gemmini),
  workload: resnet50(),
  objective: { name: "edp" },
  fixed: {},
});
const gradient = makeNetworkGradient(prepared);
const source = seededRandom(1);
const relaxed = prepared.layers.map(({ model }) => relaxLayer(model.space, randomStart(model.space, source)));
const toSlots = relaxed.map(({ logs }) => new Float64Array(logs.length));
const step = () => {
  relaxed.forEach(writeFactors);
  gradient.evaluate(
    relaxed.map(({ orders }) => orders),
    toSlots,
    0.5,
  );
  // So small a rate that every step meets the same kind of point.
  relaxed.forEach((layer, i) => {
    descendLayer(layer, toSlots[i]!, 1e-6);
  });
};
const [seconds] = medianSeconds([
  () => {
    for (let k = 0; k < STEPS; k++) step();
  },
]);
console.log(JSON.stringify({ layers: relaxed.length, microseconds: (1e6 * seconds!) / STEPS }));
