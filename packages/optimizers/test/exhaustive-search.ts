import {
  type Cost,
  divisors,
  emptyMachine,
  emptyNeeds,
  type LayerModel,
  type LoopNest,
  type PerformanceModel,
  type Problem,
  type Workload,
} from "@loopnest/mapspace";
import type { Objective } from "../src/index.js";

/** One hardware with everything that its mappings can reach. */
interface Reached {
  readonly sizes: readonly number[];
  readonly areaMm2: number;
  /** Of the data movement. */
  readonly base: Cost;
  /** Per layer, energy (pJ) and latency of one execution of every mapping that fits. */
  readonly layers: readonly (readonly (readonly [energyPj: number, latencyCycles: number])[])[];
}

/** The optimum of any objective, `Infinity` if nothing keeps its limits, and where limits may lie. */
export interface ExhaustiveSearch {
  (objective: Objective): number;
  readonly areasMm2: readonly number[];
  /** Of all layers at their fastest, and at their least energy, on every hardware. */
  readonly latencies: readonly number[];
  readonly energiesUj: readonly number[];
  readonly edps: readonly number[];
}

/**
 * Plain exhaustive search, to compare with: every hardware, every split of every bound, every order of every level that
 * leaves it free, each evaluated as a whole; every combination of layers. It leaves out, per hardware and layer, only
 * what another mapping beats in both energy and latency, so that combinations stay countable.
 */
export function exhaustiveSearch(
  model: PerformanceModel,
  workload: Workload,
  hardware: readonly (readonly number[])[],
): ExhaustiveSearch {
  const reached = hardware.map((sizes) => reach(model, workload, sizes));
  const optimum = (objective: Objective) => {
    let best = Number.POSITIVE_INFINITY;
    for (const { areaMm2, base, layers } of reached) {
      const none = Number.POSITIVE_INFINITY;
      const { maxAreaMm2 = none, maxLatencyCycles = none, maxEnergyUj = none, maxEdp = none } = objective;
      if (areaMm2 > maxAreaMm2) continue;
      const combine = (i: number, energyPj: number, latency: number): void => {
        if (i === layers.length) {
          const energyUj = energyPj / 1e6;
          if (latency > maxLatencyCycles || energyUj > maxEnergyUj || energyUj * latency > maxEdp) return;
          best = Math.min(best, figureOf(objective, energyUj, latency, areaMm2));
          return;
        }
        const { count } = workload.layers[i]!;
        for (const [e, l] of layers[i]!) combine(i + 1, energyPj + count * e, latency + count * l);
      };
      combine(0, base.energyPj, base.latencyCycles);
    }
    return best;
  };
  const ends = reached.flatMap(({ base, layers }) => {
    if (layers.some((found) => found.length === 0)) return [];
    return ([0, -1] as const).map((end) => {
      const sum = (of: 0 | 1) =>
        layers.reduce((total, found, i) => total + workload.layers[i]!.count * found.at(end)![of], 0);
      return { energyUj: (base.energyPj + sum(0)) / 1e6, latency: base.latencyCycles + sum(1) };
    });
  });
  return Object.assign(optimum, {
    areasMm2: reached.map(({ areaMm2 }) => areaMm2),
    latencies: [...ends.map(({ latency }) => latency), 1],
    energiesUj: [...ends.map(({ energyUj }) => energyUj), 1e-9],
    edps: [...ends.map(({ energyUj, latency }) => energyUj * latency), 1e-9],
  });
}

function figureOf({ name }: Objective, energyUj: number, latency: number, areaMm2: number): number {
  if (name === "energy") return energyUj;
  if (name === "latency") return latency;
  if (name === "area") return areaMm2;
  return name === "edp" ? energyUj * latency : energyUj * latency * areaMm2;
}

function reach(model: PerformanceModel, workload: Workload, sizes: readonly number[]): Reached {
  const levelCount = model.target.levels.length;
  const machine = emptyMachine(levelCount);
  model.machine(Float64Array.from(sizes), "exact", machine);
  const needs = emptyNeeds(levelCount);
  const cost = { energyPj: 0, latencyCycles: 0 };
  const layers = workload.layers.map(({ problem }) => {
    const layer = model.layer(problem);
    const found = new Map<number, number>();
    everyNest(layer, problem, (nest) => {
      layer.needs(nest, needs);
      for (let l = 0; l < levelCount; l++) {
        const columns = machine.meshX[l + 1]! / machine.meshX[l]!;
        const rows = machine.instances[l + 1]! / machine.instances[l]! / columns;
        if (needs.words[l]! > machine.capacityWords[l]! || needs.x[l]! > columns || needs.y[l]! > rows) return;
      }
      layer.evaluate(nest, machine, "exact", cost);
      const least = found.get(cost.latencyCycles) ?? Number.POSITIVE_INFINITY;
      if (cost.energyPj < least) found.set(cost.latencyCycles, cost.energyPj);
    });
    let least = Number.POSITIVE_INFINITY;
    return [...found]
      .sort((a, b) => a[0] - b[0])
      .filter(([, energy]) => energy < least && (least = energy) === energy)
      .map(([latency, energy]) => [energy, latency] as const);
  });
  const base = model.movementCost(workload.dataMovement ?? [], machine, "exact");
  return { sizes, base, areaMm2: machine.areaUm2.reduce((sum, area) => sum + area, 0) / 1e6, layers };
}

/** Calls `visit` for every split and every order of the non-unit loops of free levels. */
export function everyNest(layer: LayerModel, problem: Problem, visit: (nest: LoopNest) => void): void {
  const { space } = layer;
  const nest = space.nest();
  const dims = [...nest.dim];
  const split = (slot: number): void => {
    if (slot === space.slots.length) {
      const complete = space.slotsOf.every(
        (own, d) => own.reduce((product, i) => product * nest.factor[i]!, 1) === problem.dims[space.shape.dims[d]!],
      );
      if (!complete) return;
      const factors = [...nest.factor];
      orders(0, 0);
      nest.dim.set(dims);
      nest.factor.set(factors);
      return;
    }
    const bound = problem.dims[space.shape.dims[space.slots[slot]!.dim]!]!;
    const inside = space.slots.slice(0, slot).reduce((product, { dim }, i) => {
      return dim === space.slots[slot]!.dim ? product * nest.factor[i]! : product;
    }, 1);
    const { least = 1, most = bound } = space.slots[slot]!.limits ?? {};
    for (const factor of divisors(bound / inside)) {
      if (factor < least || factor > most) continue;
      nest.factor[slot] = factor;
      split(slot + 1);
    }
    nest.factor[slot] = 1;
  };
  /** Permutes, at the levels from number `k` of the free ones on, the loops from the position on. */
  const orders = (k: number, position: number): void => {
    if (k === space.freeOrder.length) {
      visit(nest);
      return;
    }
    const level = space.freeOrder[k]!;
    const at = nest.startTemporal[level]! + position;
    if (at >= nest.end[level]!) {
      orders(k + 1, 0);
      return;
    }
    if (nest.factor[at] === 1) orders(k, position + 1);
    for (let i = at; i < nest.end[level]!; i++) {
      // A unit loop may stay where it is: it changes nothing.
      if (nest.factor[i] === 1) continue;
      exchange(nest, at, i);
      orders(k, position + 1);
      exchange(nest, at, i);
    }
  };
  split(0);
}

function exchange(nest: LoopNest, i: number, j: number): void {
  for (const list of [nest.dim, nest.factor]) [list[i], list[j]] = [list[j]!, list[i]!];
}
