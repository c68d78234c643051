import {
  conv,
  emptyMachine,
  emptyNeeds,
  gemmini,
  makeNestPoint,
  matmul,
  type NestPoint,
  seededRandom,
  type Target,
} from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { expect } from "vitest";
import { type Mapper, makeMapper } from "../src/mapper/mapper.js";
import { randomTiling } from "../src/mapper/random-tiling.js";
import { evaluateDesignOn, makeNetwork, type Network } from "../src/network/network.js";
import { makePlacedNetwork, type PlacedNetwork } from "../src/run/placed-network.js";
import type { Objective } from "../src/search/objective.js";

const workload = {
  name: "two layers",
  description: "",
  source: "test",
  layers: [
    { problem: conv({ R: 3, S: 3, P: 28, Q: 28, C: 24, K: 32 }), count: 3 },
    { problem: matmul({ m: 64, n: 48, k: 72 }), count: 1 },
  ],
};

/** A mapper of two layers that starts from random tilings. */
export interface RandomMapper {
  readonly prepared: Network;
  readonly search: Mapper;
  readonly points: readonly NestPoint[];
  /** Evaluations of single layers so far, and how many there may be. */
  readonly budget: { spent: number; limit: number };
}

export function randomMapper(
  seed: number,
  target: Target = gemmini,
  objective: Objective = { name: "edp" },
): RandomMapper {
  const { placed, ...all } = randomPlaced(seed, target, objective);
  return { ...all, search: makeMapper(placed, all.points, () => all.budget.spent >= all.budget.limit) };
}

/** The same two layers, with random tilings, to be placed on hardware. */
export function randomPlaced(
  seed: number,
  target: Target,
  objective: Objective = { name: "edp" },
): Omit<RandomMapper, "search"> & { readonly placed: PlacedNetwork } {
  const prepared = makeNetwork({ model: analyticalModel(target), workload, objective, fixed: {} });
  const budget = { spent: 0, limit: Number.POSITIVE_INFINITY };
  const source = seededRandom(seed);
  const points = prepared.layers.map(({ model }) => {
    const point = makeNestPoint(model.space);
    randomTiling(point, source);
    return point;
  });
  const placed = makePlacedNetwork(prepared, { spend: (evaluations) => void (budget.spent += evaluations) });
  return { prepared, placed, points, budget };
}

export const nestsOf = (points: readonly NestPoint[]) => points.map(({ nest }) => nest);
/** Objective of the mappings on a hardware that they fit, evaluated without the mapper. */
export function exactValue(prepared: Network, points: readonly NestPoint[], sizes: Float64Array): number {
  return evaluateDesignOn(prepared, nestsOf(points), sizes)!.value;
}

/** Whether mappings are whole, multiply to their bounds, and fit sizes: worked out without the mapper. */
export function fits({ prepared, points }: RandomMapper, sizes: Float64Array): boolean {
  const offered = prepared.minimal.offers(sizes, emptyNeeds(prepared.levelCount));
  const machine = emptyMachine(prepared.levelCount);
  prepared.task.model.machine(sizes, "exact", machine);
  return points.every((point, i) => {
    const { space, nest, loopOf } = point;
    space.slotsOf.forEach((own, d) => {
      const factors = own.map((slot) => nest.factor[loopOf[slot]!]!);
      expect(factors.every((factor) => Number.isInteger(factor) && factor >= 1)).toBe(true);
      expect(factors.reduce((a, b) => a * b, 1)).toBe(space.shape.bounds[d]);
    });
    const needs = emptyNeeds(prepared.levelCount);
    prepared.layers[i]!.model.needs(nest, needs);
    return (
      needs.words.every((need, l) => need <= machine.capacityWords[l]!) &&
      needs.x.every((need, l) => need <= offered.x[l]!) &&
      needs.y.every((need, l) => need <= offered.y[l]!)
    );
  });
}
