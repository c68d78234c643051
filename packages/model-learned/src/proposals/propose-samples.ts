import {
  compileTarget,
  emptyMachine,
  emptyNeeds,
  givenSizes,
  greatestSize,
  type Hardware,
  hardwareOf,
  LoopnestError,
  type Mapping,
  makeMinimalHardware,
  type PerformanceModel,
  type Problem,
  seededRandom,
  unflatten,
} from "@loopnest/mapspace";
import { featureNames } from "../features/feature-names.js";
import type { FeatureGroup } from "../features/feature-table.js";
import { layerFeatures } from "../features/layer-features.js";
import { layerCorrection } from "../residual/layer-correction.js";
import { sampleHardware } from "../samples/sample-hardware.js";
import type { SavedModel } from "../saved/saved-model.js";
import { typicalUnits } from "../schedule/machine-constants.js";
import type { PreparedSample } from "../training/prepared-samples.js";
import { randomMapping } from "./random-mapping.js";

/** A mapping that is worth measuring. */
export interface ProposedSample {
  readonly id: string;
  readonly problem: Problem;
  readonly mapping: Mapping;
  readonly hardware: Hardware;
  /** Deviation of the log of its predicted cycles; only with a model. */
  readonly uncertainty?: number;
}

/** What `proposeSamples` chooses from, and what it knows already. */
export interface ProposalOptions {
  /** Layers to map. */
  readonly problems: readonly Problem[];
  readonly seed: number;
  /** Sizes of the machine that will measure; the smallest that hold a mapping unless given. */
  readonly hardware?: Hardware;
  /** A calibrated model: then the mappings of which it is least sure, otherwise mappings spread over the mapspace. */
  readonly model?: SavedModel;
}

/** Random mappings looked at per mapping proposed. */
const POOL = 12;
const GROUPS: readonly FeatureGroup[] = ["counts", "array", "tiles"];

/** A random mapping on its machine. */
type Candidate = Pick<PreparedSample, "space" | "nest" | "machine" | "logAnalytical"> & { readonly hardware: Hardware };

/**
 * Proposes mappings to measure. Of a pool of random mappings, one after the other is taken that is farthest, in
 * standardised features, from those taken before (spread over the mapspace), layers in turn; with a model, that
 * distance counts times the mapping's uncertainty, whatever the layer.
 *
 * @throws LoopnestError `input` if there are no problems; `infeasible` if the hardware holds hardly any random mapping.
 */
export function proposeSamples(
  base: PerformanceModel,
  count: number,
  { problems, seed, hardware = {}, model }: ProposalOptions,
): ProposedSample[] {
  const pool = randomMappings(base, Math.max(POOL * count, 200), { problems, seed, hardware });
  const points = standardised(pool.map((one) => featuresOf(one, model?.residual.driver ?? "plain")));
  const uncertainty = pool.map(({ space, nest, machine, logAnalytical }) => {
    if (model === undefined) return 1;
    const correction = layerCorrection(model.residual, space);
    correction.write(nest, machine, logAnalytical, true);
    return correction.deviation;
  });
  const names = base.target.levels.map((level) => level.name);
  const layerOf = pool.map(({ space }) => (model === undefined ? problems.indexOf(space.problem) : 0));
  return farthest(points, uncertainty, layerOf, Math.min(count, pool.length)).map((i, k) => {
    const { space, nest, hardware: sizes } = pool[i]!;
    return {
      id: `sample-${String(k + 1).padStart(4, "0")}`,
      problem: space.problem,
      mapping: unflatten(space.shape, names, nest),
      hardware: sizes,
      ...(model === undefined ? {} : { uncertainty: uncertainty[i]! }),
    };
  });
}

/** Random mappings of problems, taken in turn, that fit the hardware. */
export function randomMappings(
  base: PerformanceModel,
  count: number,
  { problems, seed, hardware = {} }: Pick<ProposalOptions, "problems" | "seed" | "hardware">,
): Candidate[] {
  if (problems.length === 0) {
    throw new LoopnestError({
      code: "input",
      path: "problems",
      problem: "there are no layers to map",
      fix: "name a workload",
    });
  }
  const { target } = base;
  const levels = target.levels.length;
  const layers = problems.map((problem) => base.layer(problem));
  const sizer = sampleHardware(target);
  const largest = givenSizes(target, hardware).map((given, i) =>
    Number.isNaN(given) ? greatestSize(target.sizes[i]!) : given,
  );
  const offers = makeMinimalHardware(compileTarget(target)).offers(largest, emptyNeeds(levels));
  const needs = emptyNeeds(levels);
  const cost = { energyPj: 0, latencyCycles: 0 };
  const found: Candidate[] = [];
  for (let i = 0; found.length < count; i++) {
    if (i > 50 * count + 1000) {
      throw new LoopnestError({
        code: "infeasible",
        path: "hardware",
        problem: `of ${i} random mappings ${found.length} fit the hardware`,
        fix: "allow larger sizes",
      });
    }
    const layer = layers[i % layers.length]!;
    const { space } = layer;
    const cap = (slot: number) => offers[space.slots[slot]!.kind === "X" ? "x" : "y"][space.slots[slot]!.level]!;
    const { nest } = randomMapping(space, cap, seededRandom(seed, i));
    layer.needs(nest, needs);
    const sizes = new Float64Array(target.sizes.length);
    if (!sizer.solve(needs, hardware, sizes)) continue;
    const machine = emptyMachine(levels);
    base.machine(sizes, "exact", machine);
    layer.evaluate(nest, machine, "exact", cost);
    const logAnalytical = Math.log(cost.latencyCycles);
    found.push({ space, nest, machine, logAnalytical, hardware: hardwareOf(target, sizes) });
  }
  return found;
}

function featuresOf({ space, nest, machine, logAnalytical }: Candidate, driver: "plain" | "gemmini"): Float64Array {
  const features = layerFeatures(space, driver, GROUPS, typicalUnits);
  features.write(nest, machine, logAnalytical, true);
  return features.values.slice();
}

function standardised(rows: readonly Float64Array[]): Float64Array[] {
  const size = featureNames(GROUPS).length;
  const mean = new Float64Array(size);
  const square = new Float64Array(size);
  for (const row of rows) {
    row.forEach((value, i) => {
      mean[i]! += value / rows.length;
      square[i]! += (value * value) / rows.length;
    });
  }
  return rows.map((row) =>
    row.map((value, i) => (value - mean[i]!) / Math.sqrt(Math.max(1e-9, square[i]! - mean[i]! ** 2))),
  );
}

/**
 * Greedy: the heaviest point first, then always the one whose distance to those taken, times its weight, is largest; of
 * the layer from which the fewest were taken.
 */
function farthest(
  points: readonly Float64Array[],
  weight: readonly number[],
  layerOf: readonly number[],
  count: number,
): number[] {
  const distance = new Float64Array(points.length).fill(Number.POSITIVE_INFINITY);
  const takenOf = new Map(layerOf.map((layer) => [layer, 0]));
  const taken: number[] = [];
  let next = weight.indexOf(Math.max(...weight));
  while (taken.length < count) {
    taken.push(next);
    takenOf.set(layerOf[next]!, takenOf.get(layerOf[next]!)! + 1);
    const fewest = Math.min(...takenOf.values());
    const from = points[next]!;
    let best = -1;
    points.forEach((point, i) => {
      let sum = 0;
      for (let k = 0; k < point.length; k++) sum += (point[k]! - from[k]!) ** 2;
      distance[i] = Math.min(distance[i]!, sum);
      if (takenOf.get(layerOf[i]!) !== fewest) return;
      if (best < 0 || weight[i]! ** 2 * distance[i]! > weight[best]! ** 2 * distance[best]!) best = i;
    });
    next = best;
  }
  return taken;
}
