import type { LayerModel, LoopNest, Machine, NodeTransfer, PlacementAccount } from "@loopnest/mapspace";
import { type Lattice, makeLattice } from "./lattice.js";
import { nodesOf, type PlacedNode } from "./nodes.js";
import { makePorts, type Ports } from "./ports.js";
import { type Region, regionsOf } from "./regions.js";

/** Everything about the mappings of a layer whose spatial loops are given: what `cheapestPlacement` walks. */
export interface PlacementPlan {
  readonly lattice: Lattice;
  readonly regions: readonly Region[];
  /** Store nodes, innermost level first: bit n of a set of nodes is node n. */
  readonly nodes: readonly PlacedNode[];
  readonly capacityWords: Float64Array;
  readonly ports: Ports;
  /** Of the MACs, and of what is read and written for them. */
  readonly baseEnergyPj: number;
  readonly basePortCycles: Float64Array;
  readonly computeCycles: number;
  /** The nest whose spatial loops it has. */
  readonly nest: LoopNest;
}

/**
 * Prepares the spatial loops and bounds of a nest.
 *
 * @param nest Its factors multiply to the bounds to be run; only spatial ones matter.
 */
export function makePlacementPlan(
  layer: LayerModel,
  account: PlacementAccount,
  machine: Machine,
  nest: LoopNest,
): PlacementPlan {
  const { shape, target } = layer.space;
  const levelCount = target.levels.length;
  account.unroll(nest);
  const { spatialInside, trips } = unrolledLoops(layer, nest);
  const lattice = makeLattice(trips);
  const ports = makePorts(machine);
  const unrolled = { layer, account, machine, ports, lattice, spatialInside, nest };
  const nodes: PlacedNode[] = [];
  for (let level = levelCount - 1; level > 0; level--) nodes.push(...nodesOf(unrolled, level));
  const { baseEnergyPj, basePortCycles, computeCycles } = baseCost(
    layer,
    account,
    machine,
    ports,
    trips,
    spatialInside,
  );
  const regions = regionsOf(target, shape.dims);
  const { capacityWords } = machine;
  return { lattice, regions, nodes, capacityWords, ports, baseEnergyPj, basePortCycles, computeCycles, nest };
}

/** Trips of the temporal loops of a nest by dimension, and its spatial loops at a level and inside, multiplied. */
export function unrolledLoops({ space: { shape, target, slots } }: LayerModel, nest: LoopNest) {
  const spatialInside = Array.from({ length: target.levels.length + 1 }, () =>
    new Float64Array(shape.dimCount).fill(1),
  );
  const bounds = new Float64Array(shape.dimCount).fill(1);
  slots.forEach(({ kind, level, dim }, i) => {
    bounds[dim]! *= nest.factor[i]!;
    // Spatial loops of a level lie outside the tiles of the next: inside its own tile.
    if (kind !== "temporal") for (let l = 0; l <= level; l++) spatialInside[l]![dim]! *= nest.factor[i]!;
  });
  return { spatialInside, trips: Array.from(bounds, (bound, d) => bound / spatialInside[0]![d]!) };
}

/** What a nest costs wherever its tiles are kept: the MACs, and what is read and written for them. */
export function baseCost(
  { space: { shape } }: LayerModel,
  account: PlacementAccount,
  machine: Machine,
  ports: Ports,
  trips: readonly number[],
  spatialInside: readonly Float64Array[],
): Pick<PlacementPlan, "baseEnergyPj" | "basePortCycles" | "computeCycles"> {
  const { levelCount } = machine;
  const computeCycles = trips.reduce((product, own) => product * own, 1);
  const units = Array.from(spatialInside[0]!).reduce((product, factor) => product * factor, 1);
  const basePortCycles = new Float64Array(ports.count);
  let baseEnergyPj = computeCycles * units * machine.macEnergyPj[0]!;
  const moved: NodeTransfer = { energyPj: 0, outerReads: 0, outerWrites: 0, innerWrites: 0 };
  for (let t = 0; t < shape.tensorCount; t++) {
    account.transfer(t, levelCount, computeCycles, machine, moved);
    baseEnergyPj += moved.energyPj;
    const [reads, writes] = ports.of(account.outerOf(t, levelCount), levelCount);
    if (reads >= 0) basePortCycles[reads]! += ports.cycles(reads, moved.outerReads);
    if (writes >= 0) basePortCycles[writes]! += ports.cycles(writes, moved.outerWrites);
  }
  return { baseEnergyPj, basePortCycles, computeCycles };
}
