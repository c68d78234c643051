import {
  type Cost,
  type DataMovement,
  emptyMachine,
  emptyNeeds,
  type Hardware,
  hardwareSizes,
  type Layer,
  type Machine,
  type Mapping,
  type PerformanceModel,
  pointFromMapping,
  totalAreaUm2,
} from "@loopnest/mapspace";

/** A layer of a network with its mapping. */
export interface MappedLayer extends Layer {
  readonly mapping: Mapping;
}

/** Percent by which energy, latency and energy x delay change per percent of a quantity: derivatives of logs. */
export interface Elasticity {
  readonly energy: number;
  readonly latency: number;
  /** The sum of the two. */
  readonly edp: number;
}

/**
 * An elasticity from above and from below. They differ at a kink: where a layer waits for two resources alike, more of
 * one buys nothing, but less of it costs.
 */
export interface TwoSidedElasticity {
  /** As the quantity grows. */
  readonly more: Elasticity;
  /** As it shrinks: positive where less of it means less. */
  readonly less: Elasticity;
}

/** A quantity of the machine and its elasticity. */
export interface MachineElasticity extends TwoSidedElasticity {
  /** Level, or `compute`. */
  readonly level: string;
  /** `energy`: of a vector access, or of a MAC. */
  readonly quantity: "read bandwidth" | "write bandwidth" | "shared bandwidth" | "energy";
}

/** A free size of the target and its elasticity, by way of everything that depends on it. */
export interface SizeElasticity extends TwoSidedElasticity {
  readonly size: string;
  readonly value: number;
  /** Percent of area per percent of the size, as it grows. */
  readonly area: number;
}

/** What a network's energy x delay answers to. */
export interface Elasticities {
  readonly sizes: readonly SizeElasticity[];
  /** Levels outermost first, then the MAC units; quantities that a level does not have are left out. */
  readonly machine: readonly MachineElasticity[];
}

const QUANTITIES = [
  ["read bandwidth", "bandwidthRead"],
  ["write bandwidth", "bandwidthWrite"],
  ["shared bandwidth", "bandwidthShared"],
  ["energy", "energyPerVectorAccessPj"],
] as const;

/** How far beside a point its one-sided derivatives are taken: far beyond rounding, far below any step of a size. */
const NUDGE = 1e-7;

/**
 * Elasticities of a network's energy, latency and EDP on given hardware, from the model's gradient, mappings held
 * fixed.
 *
 * They are those of the smooth extension at the mappings' integer factors: rows of vector accesses and cycles are not
 * rounded. A larger buffer changes prices alone, since mappings stay as they are: what it would make room for, no
 * derivative says.
 *
 * @param hardware Sizes by name; defaults for those left out.
 * @param movement What the network moves beside its layers.
 * @throws LoopnestError `input` for an unknown size or one out of range; `infeasible` or `factors` if a mapping is not
 * one of the target's.
 */
export function elasticities(
  model: PerformanceModel,
  layers: readonly MappedLayer[],
  hardware: Hardware,
  movement: readonly DataMovement[] = [],
): Elasticities {
  const { target } = model;
  const levelCount = target.levels.length;
  const sizes = hardwareSizes(target, hardware);
  const network = networkGradient(model, layers, movement);
  const machine = emptyMachine(levelCount);
  model.machine(sizes, "smooth", machine);

  /** Elasticity with respect to an entry of the machine. */
  const ofEntry = (field: MachineField, index: number): TwoSidedElasticity =>
    twoSided((scale) => {
      const entry = machine[field];
      const value = entry[index]!;
      entry[index] = value * scale;
      const gradient = network(machine);
      const at = entry[index]!;
      entry[index] = value;
      return elasticity(gradient, gradient.toEnergy[field][index]! * at, gradient.toLatency[field][index]! * at);
    });
  const ofSize = (i: number): TwoSidedElasticity =>
    twoSided((scale) => {
      const nudged = sizes.slice();
      nudged[i]! *= scale;
      const beside = emptyMachine(levelCount);
      model.machine(nudged, "smooth", beside);
      const gradient = network(beside);
      const [energy, latency] = [gradient.toEnergy, gradient.toLatency].map(
        (toMachine) => pulled(nudged, toMachine)[i]!,
      );
      return elasticity(gradient, energy!, latency!);
    });
  const pulled = (at: Float64Array, toMachine: Machine): Float64Array => {
    const toLogSizes = new Float64Array(at.length);
    model.machineGradient(at, toMachine, toLogSizes);
    return toLogSizes;
  };

  const toArea = emptyMachine(levelCount);
  toArea.areaUm2.fill(1);
  const areaOfSizes = pulled(sizes, toArea);
  const areaUm2 = totalAreaUm2(machine);
  const ofLevels = target.levels.flatMap(({ name }, l) =>
    QUANTITIES.filter(([, field]) => Number.isFinite(machine[field][l]!)).map(([quantity, field]) => ({
      level: name,
      quantity,
      ...ofEntry(field, l),
    })),
  );
  return {
    sizes: target.sizes.map(({ name }, i) => ({
      size: name,
      value: sizes[i]!,
      ...ofSize(i),
      area: areaUm2 === 0 ? 0 : areaOfSizes[i]! / areaUm2,
    })),
    machine: [...ofLevels, { level: "compute", quantity: "energy", ...ofEntry("macEnergyPj", 0) }],
  };
}

type MachineField = (typeof QUANTITIES)[number][1] | "macEnergyPj";

/** Totals of a network on a machine, and their derivatives with respect to its entries. */
interface NetworkGradient {
  readonly energyPj: number;
  readonly latencyCycles: number;
  readonly toEnergy: Machine;
  readonly toLatency: Machine;
}

function networkGradient(
  model: PerformanceModel,
  layers: readonly MappedLayer[],
  movement: readonly DataMovement[],
): (machine: Machine) => NetworkGradient {
  const prepared = layers.map(({ problem, mapping, count }) => {
    const layer = model.layer(problem);
    return { layer, nest: pointFromMapping(layer.space, mapping).nest, count };
  });
  const { length } = model.target.levels;
  const needs = emptyNeeds(length);
  const cost: Cost = { energyPj: 0, latencyCycles: 0 };
  return (machine) => {
    let { energyPj, latencyCycles } = model.movementCost(movement, machine, "smooth");
    const toEnergy = emptyMachine(length);
    const toLatency = emptyMachine(length);
    model.movementGradient(movement, machine, { energy: 1, latency: 0 }, toEnergy);
    model.movementGradient(movement, machine, { energy: 0, latency: 1 }, toLatency);
    for (const { layer, nest, count } of prepared) {
      layer.needs(nest, needs);
      layer.evaluate(nest, machine, "smooth", cost);
      energyPj += count * cost.energyPj;
      latencyCycles += count * cost.latencyCycles;
      const toFactors = new Float64Array(nest.factor.length);
      layer.gradient(nest, machine, { energy: count, latency: 0, needs: null }, toFactors, toEnergy);
      layer.gradient(nest, machine, { energy: 0, latency: count, needs: null }, toFactors, toLatency);
    }
    return { energyPj, latencyCycles, toEnergy, toLatency };
  };
}

function elasticity(totals: NetworkGradient, toLogEnergy: number, toLogLatency: number): Elasticity {
  const energy = toLogEnergy / totals.energyPj;
  const latency = toLogLatency / totals.latencyCycles;
  return { energy, latency, edp: energy + latency };
}

/** @param beside The elasticity where the quantity is scaled. */
function twoSided(beside: (scale: number) => Elasticity): TwoSidedElasticity {
  return { more: beside(1 + NUDGE), less: beside(1 - NUDGE) };
}
