import { seededRandom } from "@loopnest/mapspace";
import { type Metrics, metrics } from "../metrics/metrics.js";
import { shuffled } from "../numbers/shuffled.js";
import type { PreparedSample } from "../training/prepared-samples.js";
import { type TrainingOptions, trainResidual } from "../training/train-residual.js";
import { foldsByShape, predictAll, type TrainingHook } from "./cross-validate.js";

/** How well a model does on unseen shapes after training on so many samples. */
export interface LearningPoint extends Omit<Metrics, "samples"> {
  readonly trainedOn: number;
}

/** Shapes are dealt to this many parts, of which one is held out. */
const PARTS = 4;
const FIRST_SIZE = 25;

/**
 * The learning curve: a quarter of the shapes is held out, and models are trained on 25, 50, 100, ... and finally all
 * samples of the others, drawn at random.
 */
export async function learningCurve(
  samples: readonly PreparedSample[],
  options: TrainingOptions,
  hook: TrainingHook = () => {},
): Promise<LearningPoint[]> {
  const part = foldsByShape(samples, PARTS, options.seed + 7919);
  const held = [...samples.keys()].filter((i) => part[i] === 0);
  const rest = samples.filter((_, i) => part[i] !== 0);
  const order = shuffled(rest.length, seededRandom(options.seed, 1));
  const sizes = curveSizes(rest.length);
  const points: LearningPoint[] = [];
  for (const size of sizes) {
    await hook(points.length, sizes.length);
    const chosen = Array.from(order.subarray(0, size), (i) => rest[i]!);
    const predicted = predictAll(trainResidual(chosen, options), samples, held).map(({ logCycles }) => logCycles);
    const { samples: _, ...figures } = metrics(
      predicted,
      held.map((i) => samples[i]!.logMeasured),
    );
    points.push({ trainedOn: size, ...figures });
  }
  await hook(sizes.length, sizes.length);
  return points;
}

function curveSizes(most: number): number[] {
  const sizes: number[] = [];
  for (let size = FIRST_SIZE; size < 0.75 * most; size *= 2) sizes.push(size);
  return [...sizes, most];
}
