import type { Counts, LoopNest, ProblemShape, Widths } from "@loopnest/mapspace";
import type { ChildTable } from "./child-table.js";
import type { WordRoute } from "./word-route.js";

/**
 * What the model knows of one nest on the way from loops to cost: intermediate values only. `walkExtents` and
 * `countTransfers` fill it; energy, latency and the gradients read it. One state serves any number of evaluations of
 * nests that are laid out alike: the same places for loops, the same tensors kept.
 *
 * Rows of `extent` hold, per dimension, a product of factors. They are found by where they start: `tileRow[l]` of all
 * loops at level l and inside (the tile that level l holds), `spannedRow[l]` the same without the temporal loops of
 * level l (the tile that its spatial loops span), `tileRow[levelCount]` of none (the point a MAC unit works on). The
 * child tile below level l is `tileRow[l + 1]`. Where there are no loops between two rows, they are one.
 *
 * Tables over tensor t and level l are indexed `t * levelCount + l`. Counts are per instance.
 */
export interface NestState {
  readonly shape: ProblemShape;
  readonly counts: Counts;
  /** How wide elements are at every level; `null` where they take a word each. */
  readonly widths: Widths | null;
  readonly levelCount: number;
  readonly loopCapacity: number;
  readonly extent: Float64Array;
  readonly tileRow: Int32Array;
  readonly spannedRow: Int32Array;
  /** Outermost level that keeps each tensor, `levelCount` if none does. */
  readonly outermost: Int32Array;
  /** Product of the loops of the same dimension inside loop i: its step in units of the dimension. */
  readonly inside: Float64Array;
  /** Product of the temporal loops of levels 0 to l: how often the child tile below level l is visited. */
  readonly visits: Float64Array;
  /** Product of the spatial loops of level l. */
  readonly spatial: Float64Array;
  /** Product of the spatial loops outside level l: instances in use; entry `levelCount` is the MAC units. */
  readonly usedInstances: Float64Array;
  /** Distinct child tiles below one instance of level l: one read serves a group of children (R5). */
  readonly groups: Float64Array;
  /** 1 where spatial loops of level l unroll a sliding window of t, so that tiles may coincide or be handed over. */
  readonly slides: Uint8Array;

  /** Words that one child below level l fetches from it over the whole run (R4, R6). */
  readonly fetched: Float64Array;
  /** How temporal reuse came to them, for hand-over and for the gradient (R4). */
  readonly reuse: ReuseRecord;
  /** Words that one instance of level l reads out to, or takes back from, the levels inside (R9). */
  readonly content: Float64Array;
  /** Words that one instance of level l takes from its neighbours (R9b). */
  readonly peer: Float64Array;
  /** Words that arrive at one instance of level l, from outside and from neighbours: an average, maybe a fraction. */
  readonly arrived: Float64Array;
  /** Words of the tensor that one instance of level l owns (R8). */
  readonly partition: Float64Array;

  /** Results, for kept tensors: counts per instance, and volume of the tile held; in elements of the tensor. */
  readonly reads: Float64Array;
  readonly updates: Float64Array;
  readonly fills: Float64Array;
  readonly tileWords: Float64Array;
  /** Product of all temporal loops: cycles if no bandwidth limits. */
  computeCycles: number;
  /** Energy of all wires that have prices, over all instances. */
  networkPj: number;
  /** Where children are laid out one by one (R5, R6), once that is needed. */
  children: ChildTable | null;
  /** Ways of words to children, once they are known. */
  readonly routes: Map<string, WordRoute>;
}

/** The result of `temporalReuse` for (t, l), in the words of its comment. */
export interface ReuseRecord {
  /** Index of loop z, -1 if there is none. */
  readonly first: Int32Array;
  /** Visits from loop z outwards, 1 if there is none, and the index of the loop from which they are counted. */
  readonly steps: Float64Array;
  readonly stepsFrom: Int32Array;
  /** Index of the first loop outside `first` whose step is not reused, or one past the last loop. */
  readonly end: Int32Array;
  /** Visits from loop `end` outwards: how often a contiguous run of reusing steps starts anew. */
  readonly runs: Float64Array;
  /** F, words of a whole child tile, and S, words that a reusing step adds. */
  readonly wholeWords: Float64Array;
  readonly stepWords: Float64Array;
  /** Loops outside `end` whose step coincides with that of z (R4 d): how many, and which. */
  readonly coincidentCount: Int32Array;
  readonly coincident: Int32Array;
  /** Loops whose carry returns to the same tile (T_j = 0) although z moves it: how many, and which. */
  readonly returningCount: Int32Array;
  readonly returning: Int32Array;
}

/** @param nest Any nest of those to come: it shows how they are laid out. */
export function nestState(shape: ProblemShape, nest: LoopNest, counts: Counts, widths: Widths | null): NestState {
  const { levelCount } = nest;
  const loopCapacity = nest.dim.length;
  const cells = shape.tensorCount * levelCount;
  const table = () => new Float64Array(cells);
  const tileRow = new Int32Array(levelCount + 1);
  const spannedRow = new Int32Array(levelCount);
  let rows = 1;
  for (let l = levelCount - 1; l >= 0; l--) {
    const spatial = nest.startTemporal[l]! > nest.start[l]!;
    const temporal = nest.end[l]! > nest.startTemporal[l]!;
    spannedRow[l] = spatial ? shape.dimCount * rows++ : tileRow[l + 1]!;
    tileRow[l] = temporal ? shape.dimCount * rows++ : spannedRow[l]!;
  }
  return {
    shape,
    counts,
    widths,
    levelCount,
    loopCapacity,
    extent: new Float64Array(rows * shape.dimCount).fill(1),
    tileRow,
    spannedRow,
    outermost: Int32Array.from({ length: shape.tensorCount }, (_, t) => {
      const l = nest.keeps.findIndex((bits) => ((bits >> t) & 1) === 1);
      return l < 0 ? levelCount : l;
    }),
    inside: new Float64Array(loopCapacity),
    visits: new Float64Array(levelCount),
    spatial: new Float64Array(levelCount).fill(1),
    usedInstances: new Float64Array(levelCount + 1),
    groups: table().fill(1),
    slides: new Uint8Array(cells),
    fetched: table(),
    reuse: {
      first: new Int32Array(cells),
      steps: table(),
      stepsFrom: new Int32Array(cells),
      end: new Int32Array(cells),
      runs: table(),
      wholeWords: table(),
      stepWords: table(),
      coincidentCount: new Int32Array(cells),
      coincident: new Int32Array(cells * loopCapacity),
      returningCount: new Int32Array(cells),
      returning: new Int32Array(cells * loopCapacity),
    },
    content: table(),
    peer: table(),
    arrived: table(),
    partition: table(),
    reads: table(),
    updates: table(),
    fills: table(),
    tileWords: table(),
    computeCycles: 1,
    networkPj: 0,
    children: null,
    routes: new Map(),
  };
}
