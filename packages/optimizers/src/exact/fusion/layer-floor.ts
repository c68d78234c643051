import {
  type Cost,
  emptyNeeds,
  firstIndex,
  type LayerModel,
  type LoopNest,
  type Machine,
  type NodeTransfer,
  type PlacementAccount,
} from "@loopnest/mapspace";
import { wholeCycles } from "../uneven/label-row.js";
import { makeLattice } from "../uneven/lattice.js";
import { tileElements } from "../uneven/nodes.js";
import { baseCost, unrolledLoops } from "../uneven/plan.js";
import { makePorts, type Ports } from "../uneven/ports.js";
import { unrollings } from "../uneven/unrollings.js";

/**
 * What a layer costs at least on a machine, cheaply, on one after the other: every tile where it costs least, as if it
 * had its level to itself.
 */
export interface LayerFloor {
  /**
   * Costs, of which every placement has one that is more in nothing; none if nothing fits.
   *
   * @param words Entry l: words of level l that the layer may take.
   */
  costs(machine: Machine, words: Float64Array): Cost[];
}

/** The places of a tile that may cost least: the more words it takes of its level, the fewer elements are fetched. */
interface Stairs {
  readonly tensor: number;
  readonly level: number;
  /** Rising. */
  readonly words: readonly number[];
  /** Falling. */
  readonly fetched: readonly number[];
}

/** A way to unroll the layer's loops. */
interface Unrolling {
  readonly nest: LoopNest;
  /** Children that it needs of an instance of every level. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly stairs: readonly Stairs[];
  readonly trips: readonly number[];
  readonly spatialInside: readonly Float64Array[];
}

/** @param largest A machine on which everything fits that fits on any. */
export function makeLayerFloor(layer: LayerModel, account: PlacementAccount, largest: Machine): LayerFloor {
  const all = unrollings(layer, largest).map((nest): Unrolling => {
    const needs = emptyNeeds(largest.levelCount);
    layer.needs(nest, needs);
    const { x, y } = needs;
    const { trips, spatialInside } = unrolledLoops(layer, nest);
    return { nest, x, y, trips, spatialInside, stairs: stairsOf(layer, account, nest, trips, spatialInside) };
  });
  return {
    costs(machine, words) {
      const ports = makePorts(machine);
      let front: Cost[] = [];
      for (const unrolling of all) {
        if (!isOffered(unrolling, machine)) continue;
        const own = costOf(layer, account, machine, ports, unrolling, words);
        if (own === null || front.some((other) => noMore(other, own))) continue;
        front = front.filter((other) => !noMore(own, other));
        front.push(own);
      }
      return front;
    },
  };
}

function noMore(a: Cost, b: Cost): boolean {
  return a.energyPj <= b.energyPj && a.latencyCycles <= b.latencyCycles;
}

function isOffered({ x, y }: Unrolling, { meshX, instances }: Machine): boolean {
  return x.every((need, l) => {
    const columns = meshX[l + 1]! / meshX[l]!;
    return need <= columns && y[l]! <= instances[l + 1]! / instances[l]! / columns;
  });
}

/** `null` where a tile does not fit. */
function costOf(
  layer: LayerModel,
  account: PlacementAccount,
  machine: Machine,
  ports: Ports,
  { nest, stairs, trips, spatialInside }: Unrolling,
  words: Float64Array,
): Cost | null {
  const chosen = stairs.map((own) => firstIndex(own.words.length, (i) => own.words[i]! > words[own.level]!) - 1);
  if (chosen.includes(-1)) return null;
  account.unroll(nest);
  const { baseEnergyPj, basePortCycles, computeCycles } = baseCost(
    ...([layer, account, machine, ports, trips, spatialInside] as const),
  );
  const moved: NodeTransfer = { energyPj: 0, outerReads: 0, outerWrites: 0, innerWrites: 0 };
  let energyPj = baseEnergyPj;
  stairs.forEach(({ tensor, level, fetched }, n) => {
    const outer = account.outerOf(tensor, level);
    if (outer < 0) return;
    account.transfer(tensor, level, fetched[chosen[n]!]!, machine, moved);
    energyPj += moved.energyPj;
    const [reads, writes, fills] = ports.of(outer, level);
    if (reads >= 0) basePortCycles[reads]! += ports.cycles(reads, moved.outerReads);
    if (writes >= 0) basePortCycles[writes]! += ports.cycles(writes, moved.outerWrites);
    if (fills >= 0) basePortCycles[fills]! += ports.cycles(fills, moved.innerWrites);
  });
  return { energyPj, latencyCycles: wholeCycles(Math.max(computeCycles, ...basePortCycles)) };
}

function stairsOf(
  layer: LayerModel,
  account: PlacementAccount,
  nest: LoopNest,
  trips: readonly number[],
  spatialInside: readonly Float64Array[],
): Stairs[] {
  const lattice = makeLattice(trips);
  const found: Stairs[] = [];
  const extents = new Float64Array(trips.length);
  nest.keeps.forEach((kept, level) => {
    if (level === 0) return;
    for (let t = 0; t < layer.space.shape.tensorCount; t++) {
      if (((kept >> t) & 1) === 0) continue;
      const least = new Map<number, number>();
      for (let i = 0; i < lattice.count; i++) {
        let visits = 1;
        for (let d = 0; d < trips.length; d++) {
          const inside = lattice.inside(i, d);
          extents[d] = inside * spatialInside[level]![d]!;
          visits *= trips[d]! / inside;
        }
        const elements = tileElements(layer, t, extents);
        const before = least.get(elements) ?? Number.POSITIVE_INFINITY;
        if (elements * visits < before) least.set(elements, elements * visits);
      }
      const [words, fetched]: [number[], number[]] = [[], []];
      for (const [elements, moved] of [...least].sort(([a], [b]) => a - b)) {
        if (fetched.length > 0 && moved >= fetched.at(-1)!) continue;
        words.push(account.held(t, level, elements));
        fetched.push(moved);
      }
      found.push({ tensor: t, level, words, fetched });
    }
  });
  return found;
}
