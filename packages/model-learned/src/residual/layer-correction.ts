import type { LoopNest, Machine, Mapspace } from "@loopnest/mapspace";
import { layerFeatures } from "../features/layer-features.js";
import { activationsOf, backward, forward } from "../network/mlp.js";
import { predictionMemo } from "./prediction-memo.js";
import type { ResidualModel } from "./residual-model.js";

/** Corrected cycles of nests of one layer, one after the other. */
export interface LayerCorrection {
  /** Log of the predicted cycles. */
  logCycles: number;
  /** Deviation of `logCycles`: 0.1 is about 10 % of the cycles. */
  deviation: number;
  /** 1 within the range of the training data, falling to 0 outside it. */
  fade: number;
  /**
   * Predicts a nest on a machine; `exact` at whole factors, otherwise the smooth extension, which `gradient` needs
   * before.
   */
  write(nest: LoopNest, machine: Machine, logAnalytical: number, exact: boolean): void;
  /**
   * Adds derivatives with respect to log factors and the machine's instances, given those with respect to `logCycles`
   * and `deviation`.
   *
   * @returns The derivative with respect to `logAnalytical`.
   */
  gradient(
    nest: LoopNest,
    machine: Machine,
    toLogCycles: number,
    toDeviation: number,
    toFactors: Float64Array,
    toMachine: Machine,
  ): number;
}

/** Width, in log cycles, over which a prediction turns from the networks to the rows of the array. */
const SHARPNESS = 0.02;

/**
 * The correction of a layer. With e_i how far a feature lies outside its training range, in deviations:
 *
 *     fade = exp(-sum of e_i^2 / 2)
 *     deviation^2 = noise^2 + scale^2 * (fade^2 * variance of the networks + 1 - fade^2)
 *
 * so that outside the range the network's part gives way to the mean of all residuals, with all their spread.
 *
 * With a schedule as prior, cycles do not fall below f = streamed rows x fastest row: what goes in, l = log cycles,
 * comes out as log f + s log(1 + exp((l - log f) / s)), which is l above f, f below, and within 1.4 % of the larger
 * where they meet (s = 0.02).
 */
export function layerCorrection(model: ResidualModel, space: Mapspace): LayerCorrection {
  const { networks, features: scale, prior } = model;
  const features = layerFeatures(space, model.driver, model.groups, model.constants);
  const size = features.values.length;
  const usesAnalytical = prior === "analytical" || model.groups.includes("analytical");
  const counted = usesAnalytical ? features.point.length : features.decisive;
  const memo = predictionMemo(counted);
  /**
   * Point of the last prediction that was worked out, and whether it was the last of all and smooth: then all of it
   * still stands.
   */
  const latest = new Float64Array(features.point.length);
  let isSmooth = false;
  const isLatest = (point: Float64Array) => {
    for (let i = 0; i < counted; i++) if (point[i] !== latest[i]) return false;
    return true;
  };
  const activations = networks.map(activationsOf);
  const deltas = networks.map(activationsOf);
  const outputs = new Float64Array(networks.length);
  const inputs = new Float64Array(size);
  const excess = new Float64Array(size);
  const toFeatures = new Float64Array(size);
  let average = 0;
  let variance = 0;
  /** Share of the prediction that follows the networks, the rest following the array's rows. */
  let free = 1;

  return {
    logCycles: 0,
    deviation: 0,
    fade: 1,
    write(nest, machine, logAnalytical, exact) {
      features.read(nest, machine, logAnalytical);
      if (!exact && isSmooth && isLatest(features.point)) return;
      isSmooth = !exact;
      if (exact && memo.find(features.point)) {
        this.logCycles = memo.found[0]!;
        this.deviation = memo.found[1]!;
        this.fade = memo.found[2]!;
        return;
      }
      features.writePoint(exact);
      latest.set(features.point);
      let outside = 0;
      for (let i = 0; i < size; i++) {
        const z = (features.values[i]! - scale.mean[i]!) / scale.deviation[i]!;
        const e = z > scale.high[i]! ? z - scale.high[i]! : z < scale.low[i]! ? z - scale.low[i]! : 0;
        excess[i] = e;
        outside += e * e;
        inputs[i] = z - e;
      }
      this.fade = Math.exp(-outside / 2);
      average = 0;
      for (let n = 0; n < networks.length; n++) {
        activations[n]![0]!.set(inputs);
        outputs[n] = forward(networks[n]!, activations[n]!);
        average += outputs[n]! / networks.length;
      }
      variance = 0;
      for (const output of outputs) variance += (output - average) ** 2 / Math.max(1, networks.length - 1);
      const start = prior === "schedule" ? features.logSchedule() : prior === "analytical" ? logAnalytical : 0;
      const wanted = start + model.mean + model.scale * this.fade * average;
      const floor = features.logStreamedRows() + model.logFastestRow;
      const above = prior === "schedule" ? (wanted - floor) / SHARPNESS : Number.POSITIVE_INFINITY;
      free = 1 / (1 + Math.exp(-above));
      this.logCycles = above > 30 ? wanted : floor + SHARPNESS * Math.log1p(Math.exp(above));
      const faded = this.fade ** 2;
      this.deviation = Math.sqrt(model.noise ** 2 + model.scale ** 2 * (faded * variance + 1 - faded));
      if (exact) memo.store(features.point, this.logCycles, this.deviation, this.fade);
    },
    gradient(nest, machine, toPrediction, toDeviation, toFactors, toMachine) {
      const { fade } = this;
      const toLogCycles = toPrediction * free;
      const toVariance = (toDeviation * model.scale ** 2) / (2 * Math.max(this.deviation, 1e-9));
      const toAverage = toLogCycles * model.scale * fade;
      toFeatures.fill(0);
      networks.forEach((network, n) => {
        const own = toVariance * fade ** 2 * 2 * (outputs[n]! - average);
        const seed = toAverage / networks.length + own / Math.max(1, networks.length - 1);
        backward(network, activations[n]!, seed, deltas[n]!);
        // Outside its range a feature's share of the network is held at the edge.
        for (let i = 0; i < size; i++) if (excess[i] === 0) toFeatures[i]! += deltas[n]![0]![i]!;
      });
      const toFade = toLogCycles * model.scale * average + toVariance * 2 * fade * (variance - 1);
      for (let i = 0; i < size; i++) {
        toFeatures[i] = (toFeatures[i]! - toFade * fade * excess[i]!) / scale.deviation[i]!;
      }
      const toSchedule = prior === "schedule" ? toLogCycles : 0;
      const own = features.gradient(
        nest,
        machine,
        toFeatures,
        toSchedule,
        toPrediction - toLogCycles,
        toFactors,
        toMachine,
      );
      return own + (prior === "analytical" ? toLogCycles : 0);
    },
  };
}
