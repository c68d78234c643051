import type { Random } from "@loopnest/mapspace";
import { shuffled } from "../numbers/shuffled.js";
import { adam, adamStep } from "./adam.js";
import { batchMlp } from "./batch-mlp.js";
import { emptyMlp, type Mlp } from "./mlp.js";

/** Rows of standardised features, what they should give, and the group (layer shape) that each belongs to. */
export interface TrainingSet {
  readonly inputs: readonly Float64Array[];
  readonly targets: Float64Array;
  readonly groups: Int32Array;
}

/** How a network is trained. */
export interface MlpTraining {
  /** Widths of the hidden layers. */
  readonly hidden: readonly number[];
  readonly epochs: number;
  /** Adam's rate at the start; it falls to 0 along half a cosine. */
  readonly rate: number;
  readonly weightDecay: number;
  readonly batch: number;
  /** Epochs without improvement on the held-out groups after which training stops. */
  readonly patience: number;
}

/** A trained network, and how well it does on what it was stopped by. */
export interface TrainedMlp {
  readonly mlp: Mlp;
  /** Errors on the groups that were held out. */
  readonly heldOutErrors: readonly number[];
}

/** One group in this many is held out to stop by. */
const HELD_OUT = 8;
const CHECK_EVERY = 4;

/**
 * Trains a network: batches in random order, Adam on the Huber loss, and the parameters that did best on held-out
 * groups. With fewer than four groups none can be spared, and training runs to its end.
 *
 * @param huber Errors beyond this weigh linearly: a few mappings behave unlike all others.
 */
export function trainMlp(set: TrainingSet, options: MlpTraining, huber: number, random: Random): TrainedMlp {
  const { inputs, targets, groups } = set;
  const mlp = emptyMlp([inputs[0]?.length ?? 0, ...options.hidden, 1]);
  initialise(mlp, random);
  const names = [...new Set(groups)];
  const heldOut = new Set<number>();
  if (names.length >= 4) {
    const order = shuffled(names.length, random);
    const count = Math.max(1, Math.floor(names.length / HELD_OUT));
    for (let i = 0; i < count; i++) heldOut.add(names[order[i]!]!);
  }
  const rows = Int32Array.from(inputs.keys());
  const training = rows.filter((row) => !heldOut.has(groups[row]!));
  const checking = rows.filter((row) => heldOut.has(groups[row]!));
  const state = adam(mlp.parameters.length);
  const gradient = new Float64Array(mlp.parameters.length);
  const net = batchMlp(mlp, Math.max(options.batch, checking.length));
  const slopes = new Float64Array(options.batch);
  const width = mlp.widths[0]!;
  const predict = (chosen: Int32Array) => {
    chosen.forEach((row, i) => {
      net.inputs.set(inputs[row]!, i * width);
    });
    net.forward(chosen.length);
  };
  const errorsOf = (chosen: Int32Array) => {
    predict(chosen);
    return Array.from(chosen, (row, i) => net.outputs[i]! - targets[row]!);
  };
  const best = { error: Number.POSITIVE_INFINITY, epoch: 0, parameters: mlp.parameters.slice() };
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    const rate = (options.rate * (1 + Math.cos((Math.PI * epoch) / options.epochs))) / 2;
    const order = shuffled(training.length, random).map((i) => training[i]!);
    for (let from = 0; from < order.length; from += options.batch) {
      const chosen = order.subarray(from, from + options.batch);
      errorsOf(chosen).forEach((error, i) => {
        slopes[i] = (Math.abs(error) < huber ? error / huber : Math.sign(error)) / chosen.length;
      });
      net.backward(chosen.length, slopes, gradient);
      adamStep(state, gradient, rate, options.weightDecay, mlp.parameters);
    }
    if (checking.length === 0 || epoch % CHECK_EVERY !== CHECK_EVERY - 1) continue;
    const error = errorsOf(checking).reduce((sum, one) => sum + Math.abs(one), 0);
    if (error < best.error) {
      best.error = error;
      best.epoch = epoch;
      best.parameters.set(mlp.parameters);
    } else if (epoch - best.epoch > options.patience) break;
  }
  if (checking.length > 0) mlp.parameters.set(best.parameters);
  return { mlp, heldOutErrors: errorsOf(checking) };
}

/**
 * Normal weights whose sums have about unit variance; the output starts near 0, so that an untrained network corrects
 * nothing.
 */
function initialise({ widths, parameters }: Mlp, random: Random): void {
  let at = 0;
  for (let layer = 1; layer < widths.length; layer++) {
    const inputs = widths[layer - 1]!;
    const last = layer + 1 === widths.length;
    const scale = Math.sqrt(1.5 / inputs) * (last ? 0.1 : 1);
    const weights = inputs * widths[layer]!;
    for (let i = 0; i < weights; i++) parameters[at + i] = scale * random.normal();
    at += weights + widths[layer]!;
  }
}
