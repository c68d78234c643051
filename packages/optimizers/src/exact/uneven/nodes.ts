import type { LayerModel, LoopNest, Machine, NodeTransfer, PlacementAccount } from "@loopnest/mapspace";
import type { Lattice } from "./lattice.js";
import type { Ports } from "./ports.js";

/** Figures of a node at a point of the lattice: energy in pJ, then the cycles that it keeps its three ports busy. */
export const COST_WIDTH = 4;

/** A tensor kept at a level, and what the place of its tile costs. Tables have an entry per point of the lattice. */
export interface PlacedNode {
  readonly tensor: number;
  readonly level: number;
  /** Dimensions that move the tile, as bits. */
  readonly relevant: number;
  /** Ports for words read and written at the next node outside, and filled here; -1 where bandwidth is unlimited. */
  readonly ports: readonly [outerReads: number, outerWrites: number, innerWrites: number];
  /** Elements of the tile with those loops inside, and the words of the level that they take. */
  readonly tile: Float64Array;
  readonly held: Float64Array;
  /** What the node costs if the tile is first moved by the next loop outside these. */
  readonly cost: Float64Array;
  /**
   * What it costs at least, if its tile is that of this point: everything outside that leaves it in place comes first.
   */
  readonly leastHere: Float64Array;
  /** What it costs at least anywhere from this point outwards; `Infinity` where it does not fit any more. */
  readonly leastFrom: Float64Array;
}

/** What nodes are worked out from: spatial loops are those last unrolled in the account. */
export interface Unrolled {
  readonly layer: LayerModel;
  readonly account: PlacementAccount;
  readonly machine: Machine;
  readonly ports: Ports;
  readonly lattice: Lattice;
  /** Spatial loops at a level and inside, multiplied, by dimension. */
  readonly spatialInside: readonly Float64Array[];
  readonly nest: LoopNest;
}

/** The nodes of a level. */
export function nodesOf(unrolled: Unrolled, level: number): PlacedNode[] {
  const { shape } = unrolled.layer.space;
  const kept = unrolled.nest.keeps[level]!;
  return shape.problem.tensors.flatMap((_, t) => ((kept >> t) & 1 ? [makeNode(unrolled, t, level)] : []));
}

function makeNode(unrolled: Unrolled, t: number, level: number): PlacedNode {
  const { layer, account, machine, ports, lattice, spatialInside } = unrolled;
  const { shape } = layer.space;
  const { count, trips } = lattice;
  const outer = account.outerOf(t, level);
  const relevant = shape.relevant[t]!;
  const capacity = machine.capacityWords[level]!;
  const own = outer < 0 ? ([-1, -1, -1] as const) : ports.of(outer, level);
  const tile = new Float64Array(count);
  const held = new Float64Array(count);
  const cost = new Float64Array(count * COST_WIDTH);
  const leastHere = new Float64Array(count * COST_WIDTH);
  const leastFrom = new Float64Array(count * COST_WIDTH);
  const least = new Float64Array(count);
  const moved: NodeTransfer = { energyPj: 0, outerReads: 0, outerWrites: 0, innerWrites: 0 };
  const write = (table: Float64Array, point: number, words: number) => {
    if (outer < 0) return;
    account.transfer(t, level, words, machine, moved);
    table[point * COST_WIDTH] = moved.energyPj;
    table[point * COST_WIDTH + 1] = ports.cycles(own[0], moved.outerReads);
    table[point * COST_WIDTH + 2] = ports.cycles(own[1], moved.outerWrites);
    table[point * COST_WIDTH + 3] = ports.cycles(own[2], moved.innerWrites);
  };
  const extents = new Float64Array(trips.length);
  for (let i = count - 1; i >= 0; i--) {
    let visits = 1;
    let moving = 1;
    for (let d = 0; d < trips.length; d++) {
      const inside = lattice.inside(i, d);
      extents[d] = inside * spatialInside[level]![d]!;
      visits *= trips[d]! / inside;
      if ((relevant >> d) & 1) moving *= trips[d]! / inside;
    }
    tile[i] = tileElements(layer, t, extents);
    held[i] = account.held(t, level, tile[i]!);
    least[i] = held[i]! <= capacity ? tile[i]! * visits : Number.POSITIVE_INFINITY;
    write(cost, i, tile[i]! * visits);
    write(leastHere, i, tile[i]! * moving);
    for (let d = 0; d < trips.length; d++) {
      for (const next of lattice.steps(i, d)) least[i] = Math.min(least[i]!, least[next]!);
    }
    if (least[i] === Number.POSITIVE_INFINITY) leastFrom[i * COST_WIDTH] = Number.POSITIVE_INFINITY;
    else write(leastFrom, i, least[i]!);
  }
  return { tensor: t, level, relevant, ports: own, tile, held, cost, leastHere, leastFrom };
}

/** Elements of a tile of tensor t with those extents. */
export function tileElements({ space }: LayerModel, t: number, extents: Float64Array): number {
  const { rankStart, termStart, termDim, termCoefficient } = space.shape;
  let words = 1;
  for (let rank = rankStart[t]!; rank < rankStart[t + 1]!; rank++) {
    let extent = 1;
    for (let k = termStart[rank]!; k < termStart[rank + 1]!; k++) {
      extent += termCoefficient[k]! * (extents[termDim[k]!]! - 1);
    }
    words *= extent;
  }
  return words;
}
