import { type Cost, type LoopNest, type Machine, type Needs, emptyMachine, emptyNeeds } from "@loopnest/mapspace";
import type { Network } from "../network.js";
import { type Objective, objectiveExponents } from "../objective.js";

/** How hard the smooth objective pushes back per squared log excess over a limit or over the largest hardware. */
const EXCESS_WEIGHT = 20;

/** The smooth objective of the whole network, with hardware derived from the mappings, and its gradient. */
export interface NetworkGradient {
  /**
   * Log of the objective at real-valued factors, plus penalties for what exceeds limits or the largest hardware. Writes its
   * derivative with respect to the log of every factor of every nest into `toFactors`.
   */
  evaluate(nests: readonly LoopNest[], toFactors: readonly Float64Array[]): number;
  /** Sizes derived in the last evaluation. */
  readonly sizes: Float64Array;
  readonly machine: Machine;
}

export function networkGradient(network: Network): NetworkGradient {
  const { layers, minimal, fixed, levelCount, task } = network;
  const { model, objective } = task;
  const sizes = new Float64Array(fixed.length);
  const toLogSizes = new Float64Array(fixed.length);
  const machine = emptyMachine(levelCount);
  const toMachine = emptyMachine(levelCount);
  const needs = layers.map(() => emptyNeeds(levelCount));
  const largest = emptyNeeds(levelCount);
  const largestAt = { words: new Int32Array(levelCount), x: new Int32Array(levelCount), y: new Int32Array(levelCount) };
  const toNeeds = emptyNeeds(levelCount);
  const toNeedsOf = layers.map(() => emptyNeeds(levelCount));
  const cost: Cost = { energyPj: 0, latencyCycles: 0 };
  const { maxSizes, available } = largestHardware(network);

  return {
    sizes,
    machine,
    evaluate(nests, toFactors) {
      clearNeeds(largest);
      layers.forEach(({ model: layer }, i) => {
        layer.needs(nests[i]!, needs[i]!);
        for (const field of FIELDS) {
          for (let l = 0; l < levelCount; l++) {
            if (needs[i]![field][l]! <= largest[field][l]!) continue;
            largest[field][l] = needs[i]![field][l]!;
            largestAt[field][l] = i;
          }
        }
      });
      minimal.solve(largest, fixed, false, sizes);
      for (let i = 0; i < sizes.length; i++) sizes[i] = Math.min(sizes[i]!, maxSizes[i]!);
      model.machine(sizes, "smooth", machine);

      let energyPj = 0;
      let latencyCycles = 0;
      layers.forEach(({ count, model: layer }, i) => {
        layer.evaluate(nests[i]!, machine, "smooth", cost);
        energyPj += count * cost.energyPj;
        latencyCycles += count * cost.latencyCycles;
      });
      const areaUm2 = machine.areaUm2.reduce((sum, area) => sum + area, 0);
      const { value, energy, latency, area } = logObjective(objective, energyPj, latencyCycles, areaUm2);

      clearMachine(toMachine);
      layers.forEach(({ count, model: layer }, i) => {
        toFactors[i]!.fill(0);
        const seed = { energy: energy * count, latency: latency * count, needs: null };
        layer.gradient(nests[i]!, machine, seed, toFactors[i]!, toMachine);
      });
      toMachine.areaUm2.fill(area);
      toLogSizes.fill(0);
      model.machineGradient(sizes, toMachine, toLogSizes);

      clearNeeds(toNeeds);
      minimal.pullback(largest, toLogSizes, toNeeds);
      let penalty = 0;
      for (const field of FIELDS) {
        for (let l = 0; l < levelCount; l++) {
          const excess = Math.log(largest[field][l]! / available[field][l]!);
          if (!(excess > 0)) continue;
          penalty += EXCESS_WEIGHT * excess * excess;
          toNeeds[field][l]! += (2 * EXCESS_WEIGHT * excess) / largest[field][l]!;
        }
      }
      const touched = new Set<number>();
      for (const field of FIELDS) {
        for (let l = 0; l < levelCount; l++) {
          if (toNeeds[field][l] === 0) continue;
          toNeedsOf[largestAt[field][l]!]![field][l] = toNeeds[field][l]!;
          touched.add(largestAt[field][l]!);
        }
      }
      for (const i of touched) {
        const seed = { energy: 0, latency: 0, needs: toNeedsOf[i]! };
        layers[i]!.model.gradient(nests[i]!, machine, seed, toFactors[i]!, toMachine);
        clearNeeds(toNeedsOf[i]!);
      }
      return value + penalty;
    },
  };
}

const FIELDS = ["words", "x", "y"] as const;

/** Log of the objective with penalties for broken limits, and its derivatives with respect to the plain totals. */
function logObjective(objective: Objective, energyPj: number, latencyCycles: number, areaUm2: number) {
  const exponents = objectiveExponents(objective.name);
  let value = exponents.energy * Math.log(energyPj / 1e6) + exponents.latency * Math.log(latencyCycles);
  let latency = exponents.latency;
  let area = exponents.area;
  if (exponents.area !== 0) value += exponents.area * Math.log(areaUm2 / 1e6);
  const overArea = Math.log(areaUm2 / 1e6 / (objective.maxAreaMm2 ?? Number.POSITIVE_INFINITY));
  if (overArea > 0) {
    value += EXCESS_WEIGHT * overArea * overArea;
    area += 2 * EXCESS_WEIGHT * overArea;
  }
  const overLatency = Math.log(latencyCycles / (objective.maxLatencyCycles ?? Number.POSITIVE_INFINITY));
  if (overLatency > 0) {
    value += EXCESS_WEIGHT * overLatency * overLatency;
    latency += 2 * EXCESS_WEIGHT * overLatency;
  }
  return {
    value,
    energy: exponents.energy / energyPj,
    latency: latency / latencyCycles,
    area: area === 0 ? 0 : area / areaUm2,
  };
}

/** The largest sizes a task allows, and what they offer. */
export function largestHardware(network: Network): { maxSizes: Float64Array; available: Needs } {
  const { task, fixed, levelCount } = network;
  const { target } = task.model;
  const maxSizes = Float64Array.from(target.sizes, (size, i) => (Number.isNaN(fixed[i]!) ? size.max : fixed[i]!));
  return { maxSizes, available: network.minimal.offers(maxSizes, emptyNeeds(levelCount)) };
}

function clearNeeds(needs: Needs): void {
  for (const field of FIELDS) needs[field].fill(0);
}

function clearMachine(machine: Machine): void {
  for (const values of Object.values(machine)) if (values instanceof Float64Array) values.fill(0);
}
