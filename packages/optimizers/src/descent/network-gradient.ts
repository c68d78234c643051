import {
  type CostSeed,
  emptyMachine,
  emptyNeeds,
  type Machine,
  type NestPoint,
  totalAreaUm2,
} from "@loopnest/mapspace";
import { clearNeeds } from "../network/needs.js";
import { largestHardware, type Network } from "../network/network.js";
import { type Exponents, limitsOf, type Objective, objectiveExponents } from "../search/objective.js";
import { measureOrders, type OrderCosts, orderSeed, weighted, weightedSum } from "./order-weights.js";

/** How hard the smooth objective pushes back per squared log excess over a limit or over the largest hardware. */
const EXCESS_WEIGHT = 20;

/** The smooth objective of the whole network, with hardware derived from the mappings, and its gradient. */
export interface NetworkGradient {
  /**
   * Log of the objective at real-valued factors, plus penalties for what exceeds limits or the largest hardware. Writes
   * its derivative with respect to the log factors of layer i, by slot, into `toSlots[i]`.
   *
   * A layer with several orders costs the softmax-weighted mean of their costs, the weights falling with the log of its
   * own value over `temperature`; the derivative goes through the weights as well.
   */
  evaluate(points: readonly (readonly NestPoint[])[], toSlots: readonly Float64Array[], temperature: number): number;
  /** Sizes derived in the last evaluation, and their machine. */
  readonly sizes: Float64Array;
  readonly machine: Machine;
}

/** Prepares the gradient of a network; one serves any number of evaluations. */
export function makeNetworkGradient(network: Network): NetworkGradient {
  const { layers, movement, minimal, fixed, levelCount, task } = network;
  const { model, objective } = task;
  const exponents = objectiveExponents(objective.name);
  const sizes = new Float64Array(fixed.length);
  const toLogSizes = new Float64Array(fixed.length);
  const machine = emptyMachine(levelCount);
  const toMachine = emptyMachine(levelCount);
  const needs = emptyNeeds(levelCount);
  const largest = emptyNeeds(levelCount);
  const largestAt = { words: new Int32Array(levelCount), x: new Int32Array(levelCount), y: new Int32Array(levelCount) };
  const toNeeds = emptyNeeds(levelCount);
  const toNeedsOf = layers.map(() => emptyNeeds(levelCount));
  const toLoops = layers.map(({ model: layer }) => new Float64Array(layer.space.slots.length));
  const { maxSizes, available } = largestHardware(network);
  const costs: OrderCosts[] = layers.map(() => ({ energyPj: [], latencyCycles: [], weights: [] }));

  /** Adds the gradient of one order of layer i; its state must be that of this order. */
  const addGradient = (i: number, point: NestPoint, seed: CostSeed, toSlots: Float64Array) => {
    const toLoop = toLoops[i]!;
    toLoop.fill(0);
    layers[i]!.model.gradient(point.nest, machine, seed, toLoop, toMachine);
    for (let loop = 0; loop < toLoop.length; loop++) toSlots[point.slotOf[loop]!]! += toLoop[loop]!;
  };

  return {
    sizes,
    machine,
    evaluate(points, toSlots, temperature) {
      const choice = { temperature, exponents };
      clearNeeds(largest);
      layers.forEach(({ model: layer }, i) => {
        layer.needs(points[i]![0]!.nest, needs);
        for (const field of FIELDS) {
          for (let l = 0; l < levelCount; l++) {
            if (needs[field][l]! <= largest[field][l]!) continue;
            largest[field][l] = needs[field][l]!;
            largestAt[field][l] = i;
          }
        }
      });
      minimal.solve(largest, fixed, false, sizes);
      for (let k = 0; k < sizes.length; k++) sizes[k] = Math.min(sizes[k]!, maxSizes[k]!);
      model.machine(sizes, "smooth", machine);

      let { energyPj, latencyCycles } = model.movementCost(movement, machine, "smooth");
      layers.forEach(({ count, model: layer }, i) => {
        measureOrders(layer, points[i]!, { machine, needs }, choice, costs[i]!);
        energyPj += count * weighted(costs[i]!.weights, costs[i]!.energyPj);
        latencyCycles += count * weighted(costs[i]!.weights, costs[i]!.latencyCycles);
      });
      const areaUm2 = totalAreaUm2(machine);
      const { value, energy, latency, area } = logObjective(objective, energyPj, latencyCycles, areaUm2);

      clearMachine(toMachine);
      model.movementGradient(movement, machine, { energy, latency }, toMachine);
      layers.forEach(({ count, model: layer }, i) => {
        toSlots[i]!.fill(0);
        const own = points[i]!;
        const worth = { count, energy, latency, mean: weightedSum(costs[i]!, energy, latency) };
        own.forEach((point, order) => {
          if (own.length > 1) {
            layer.needs(point.nest, needs);
            layer.evaluate(point.nest, machine, "smooth", { energyPj: 0, latencyCycles: 0 });
          }
          addGradient(i, point, orderSeed(costs[i]!, order, worth, choice), toSlots[i]!);
        });
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
        // The needs of a layer do not depend on its order: whichever was evaluated last serves.
        addGradient(
          i,
          points[i]![points[i]!.length - 1]!,
          { energy: 0, latency: 0, needs: toNeedsOf[i]! },
          toSlots[i]!,
        );
        clearNeeds(toNeedsOf[i]!);
      }
      return value + penalty;
    },
  };
}

const FIELDS = ["words", "x", "y"] as const;
const FIGURES = ["energy", "latency", "area"] as const;

/** Log of the objective with penalties for broken limits, and its derivatives with respect to the plain totals. */
function logObjective(objective: Objective, energyPj: number, latencyCycles: number, areaUm2: number) {
  const logs = {
    energy: Math.log(energyPj / 1e6),
    latency: Math.log(latencyCycles),
    area: areaUm2 > 0 ? Math.log(areaUm2 / 1e6) : 0,
  };
  const logOf = (powers: Exponents) =>
    powers.energy * logs.energy + powers.latency * logs.latency + powers.area * logs.area;
  const powers: Record<keyof Exponents, number> = { ...objectiveExponents(objective.name) };
  let value = logOf(powers);
  for (const { of, most } of limitsOf(objective)) {
    const limited = objectiveExponents(of);
    const over = logOf(limited) - Math.log(most);
    if (!(over > 0)) continue;
    value += EXCESS_WEIGHT * over * over;
    for (const figure of FIGURES) powers[figure] += 2 * EXCESS_WEIGHT * over * limited[figure];
  }
  return {
    value,
    energy: powers.energy / energyPj,
    latency: powers.latency / latencyCycles,
    area: powers.area === 0 ? 0 : powers.area / areaUm2,
  };
}

function clearMachine(machine: Machine): void {
  for (const values of Object.values(machine)) if (values instanceof Float64Array) values.fill(0);
}
