import type { LoopNest, Machine } from "@loopnest/mapspace";
import type { NestState } from "../state/nest-state.js";
import type { WordRoute } from "../state/word-route.js";
import { wholeRoute } from "./whole-route.js";

/** A factor, or columns or rows of the hardware, between two whole numbers. */
interface Axis {
  readonly base: number;
  /** How far it is from `base` to the next one. */
  readonly share: number;
}

/** Derivatives of a way with respect to what it depends on. */
export interface RouteSlopes {
  /** Per spatial loop of the level, from the first. */
  readonly factors: readonly WordRoute[];
  readonly columns: WordRoute;
  readonly rows: WordRoute;
}

/**
 * The way of a word of tensor t below level l between whole factors: linear between the ways at the whole numbers
 * around, in every spatial factor and in columns and rows of the hardware. At whole ones it is theirs; children that
 * windows let coincide are taken for different ones.
 */
export function meanRoute(state: NestState, nest: LoopNest, machine: Machine, t: number, l: number): WordRoute {
  return makeRoutes(state, nest, t, l)(axesOf(nest, machine, l));
}

/** How that way changes; at whole numbers upwards. */
export function meanRouteSlopes(state: NestState, nest: LoopNest, machine: Machine, t: number, l: number): RouteSlopes {
  const at = makeRoutes(state, nest, t, l);
  const axes = axesOf(nest, machine, l);
  const slope = (k: number): WordRoute => {
    const moved = (base: number) => at(axes.map((axis, i) => (i === k ? { base, share: 0 } : axis)));
    return mixed(moved(axes[k]!.base), moved(axes[k]!.base + 1), [-1, 1]);
  };
  const loops = axes.length - 2;
  return { factors: Array.from({ length: loops }, (_, k) => slope(k)), columns: slope(loops), rows: slope(loops + 1) };
}

function axesOf(nest: LoopNest, machine: Machine, l: number): Axis[] {
  const columns = machine.meshX[l + 1]! / machine.meshX[l]!;
  const values = [...nest.factor.subarray(nest.start[l]!, nest.startTemporal[l]!)];
  values.push(columns, machine.instances[l + 1]! / machine.instances[l]! / columns);
  return values.map((value) => ({ base: Math.floor(value), share: value - Math.floor(value) }));
}

/** @returns The way at some axes: the loops' of the level, then columns, then rows. */
function makeRoutes(state: NestState, nest: LoopNest, t: number, l: number): (axes: readonly Axis[]) => WordRoute {
  const start = nest.start[l]!;
  const loops = nest.startTemporal[l]! - start;
  const inX = nest.startY[l]! - start;
  const relevant = state.shape.relevant[t]!;
  const moves = Array.from({ length: loops }, (_, k) => ((relevant >> nest.dim[start + k]!) & 1) === 1);
  const whole = (at: readonly number[]): WordRoute => {
    const factors = at.slice(0, loops);
    const product = (from: number, to: number) => factors.slice(from, to).reduce((a, b) => a * b, 1);
    const columns = Math.max(at[loops]!, product(0, inX));
    const rows = Math.max(at[loops + 1]!, product(inX, loops));
    return wholeRoute(state, { factors, moves, columns, rows });
  };
  const between = (axes: readonly Axis[], at: readonly number[]): WordRoute => {
    const axis = axes[at.length];
    if (axis === undefined) return whole(at);
    const low = between(axes, [...at, axis.base]);
    if (axis.share === 0) return low;
    return mixed(low, between(axes, [...at, axis.base + 1]), [1 - axis.share, axis.share]);
  };
  return (axes) => between(axes, []);
}

function mixed(a: WordRoute, b: WordRoute, [ofA, ofB]: readonly [number, number]): WordRoute {
  return { hops: ofA * a.hops + ofB * b.hops, routers: ofA * a.routers + ofB * b.routers };
}
