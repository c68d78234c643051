import {
  divisors,
  emptyNeeds,
  isWithin,
  type LayerModel,
  LoopnestError,
  type Machine,
  type Traffic,
} from "@loopnest/mapspace";

/** A mapping of a layer: what it needs of hardware, what it moves, and its loops. */
export interface Choice {
  readonly words: Float64Array;
  readonly columns: Float64Array;
  readonly rows: Float64Array;
  readonly traffic: Traffic;
  readonly dim: Int32Array;
  readonly factor: Float64Array;
}

/** The most that any hardware in question holds and has, per level. */
export interface Room {
  readonly words: Float64Array;
  readonly columns: Float64Array;
  readonly rows: Float64Array;
}

/** Mappings that are gone through, per layer, and kept, at most. */
const MOST_MAPPINGS = 2e7;
const MOST_KEPT = 2e5;

/**
 * All mappings of a layer that fit into the room: every way to write every bound over the slots of its dimension, each
 * in the loop orders that the model calls sufficient. Left out is what needs and moves nowhere less than another one.
 *
 * @param machine Any machine, unless counts depend on meshes: then the one in question.
 * @throws LoopnestError `unsupported` if there are too many.
 */
export function layerChoices(layer: LayerModel, machine: Machine, room: Room): readonly Choice[] {
  const { space } = layer;
  const account = layer.account!;
  const nest = space.nest();
  const needs = emptyNeeds(machine.levelCount);
  const places = placesOf(nest.keeps, space.shape.tensorCount);
  /** By what runs where: fronts of choices that only differ in words. */
  const fronts = new Map<string, Kept[]>();
  let seen = 0;
  let kept = 0;

  function keep(): void {
    if (++seen > MOST_MAPPINGS || kept > MOST_KEPT) throw tooMany(space.problem.name);
    account.count(nest, machine);
    const { traffic } = account;
    const parallel = [traffic.computeCycles, needs.x, needs.y, traffic.usedInstances].join();
    let front = fronts.get(parallel);
    if (front === undefined) {
      front = [];
      fronts.set(parallel, front);
    }
    const amounts = amountsOf(needs.words, traffic, places);
    for (let k = 0; k < front.length; k++) {
      if (!noMore(front[k]!.amounts, amounts)) continue;
      // What was of use once is likely to be again.
      [front[k >> 1], front[k]] = [front[k]!, front[k >> 1]!];
      return;
    }
    let count = 0;
    for (const other of front) if (!noMore(amounts, other.amounts)) front[count++] = other;
    kept += count + 1 - front.length;
    front.length = count;
    front.push({ amounts, choice: { ...copied(needs), ...loopsOf(nest), traffic: copiedTraffic(traffic) } });
  }

  function fits(): boolean {
    for (let l = 0; l < machine.levelCount; l++) {
      if (needs.words[l]! > room.words[l]! || needs.x[l]! > room.columns[l]! || needs.y[l]! > room.rows[l]!)
        return false;
    }
    return true;
  }

  /** Writes what is left of a bound over the slots of dimension d from number k on, then the next dimension. */
  function write(d: number, k: number, left: number): void {
    const own = space.slotsOf[d];
    if (own === undefined) {
      layer.needs(nest, needs);
      if (fits()) account.forSufficientOrders(nest, keep);
      return;
    }
    const slot = own[k]!;
    const { level, kind, limits } = space.slots[slot]!;
    const most = kind === "X" ? room.columns[level]! : kind === "Y" ? room.rows[level]! : left;
    for (const factor of k === own.length - 1 ? [left] : divisors(left)) {
      if (factor > most || !isWithin(limits, factor)) continue;
      nest.factor[slot] = factor;
      if (k === own.length - 1) begin(d + 1);
      else write(d, k + 1, left / factor);
    }
    nest.factor[slot] = 1;
  }

  function begin(d: number): void {
    for (const bound of space.bounds[d] ?? [1]) write(d, 0, bound);
  }

  begin(0);
  return [...fronts.values()].flatMap((front) => front.map(({ choice }) => choice));
}

interface Kept {
  readonly choice: Choice;
  readonly amounts: Float64Array;
}

/** Where words of traffic are counted: tensors at the levels that keep them (0 elsewhere). */
function placesOf(keeps: Int32Array, tensorCount: number): number[] {
  const levelCount = keeps.length;
  return Array.from({ length: tensorCount }, (_, t) =>
    [...keeps].flatMap((bits, l) => ((bits >> t) & 1 ? [t * levelCount + l] : [])),
  ).flat();
}

/** All words, and the energy of wires, that costs and fitting grow with. */
function amountsOf(
  words: Float64Array,
  { reads, updates, fills, networkPj }: Traffic,
  places: readonly number[],
): Float64Array {
  const amounts = new Float64Array(words.length + 3 * places.length + 1);
  let at = 0;
  for (const place of places) {
    amounts[at++] = reads[place]!;
    amounts[at++] = updates[place]!;
    amounts[at++] = fills[place]!;
  }
  amounts.set(words, at);
  amounts[amounts.length - 1] = networkPj;
  return amounts;
}

function noMore(a: Float64Array, b: Float64Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i]! > b[i]!) return false;
  return true;
}

function copied({ words, x, y }: { words: Float64Array; x: Float64Array; y: Float64Array }) {
  return { words: words.slice(), columns: x.slice(), rows: y.slice() };
}

function loopsOf({ dim, factor }: { readonly dim: Int32Array; readonly factor: Float64Array }) {
  return { dim: dim.slice(), factor: factor.slice() };
}

function copiedTraffic({
  levelCount,
  reads,
  updates,
  fills,
  usedInstances,
  computeCycles,
  networkPj,
}: Traffic): Traffic {
  return {
    levelCount,
    computeCycles,
    networkPj,
    reads: reads.slice(),
    updates: updates.slice(),
    fills: fills.slice(),
    usedInstances: usedInstances.slice(),
  };
}

function tooMany(name: string): LoopnestError {
  return new LoopnestError({
    code: "unsupported",
    path: "certificate",
    problem: `layer ${name} has more mappings than a certificate goes through (${MOST_MAPPINGS}, ${MOST_KEPT} of use)`,
    fix: "certify a smaller network, or hardware with more sizes given",
  });
}
