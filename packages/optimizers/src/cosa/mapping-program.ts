import { levelWords, type Mapspace, type Needs, primeFactors, tensorWidths } from "@loopnest/mapspace";
import { type Expression, type LinearProgram, linearProgram, number, sum } from "./linear-program.js";
import { logWords } from "./log-words.js";

/** What the objective weighs. The released CoSA has 1, 10 and 0.1. */
export interface CosaWeights {
  /** Words moved from the outermost level, summed over tensors in logs. */
  readonly traffic: number;
  /** Product of all temporal loops, in logs. */
  readonly compute: number;
  /** Words held by buffers, summed over tensors and levels in logs: more is better. */
  readonly utilization: number;
}

/** Weights that are used unless others are given. */
export const cosaWeights: CosaWeights = { traffic: 1, compute: 10, utilization: 0.1 };

/** CoSA's program for a layer: what to solve, and how to read the solution. */
export interface MappingProgram {
  readonly program: LinearProgram;
  readonly objective: Expression;
  /** For every slot, its prime factors, and how often it takes each. */
  readonly takes: readonly (readonly { readonly prime: number; readonly times: Expression }[])[];
  /** For every level with a free loop order, which tensor it keeps in place: 1 for that tensor, 0 for the others. */
  readonly stays: ReadonlyMap<number, readonly Expression[]>;
}

/** A level that keeps several tensors is divided among them in so many parts. */
const PARTS = 8;

/**
 * Tiling as a mixed-integer linear program over prime factors, after CoSA (Huang et al., ISCA 2021): how often each
 * prime of a dimension goes to each slot. Sizes of tiles are sums of logs, so that capacities and fan-outs are linear.
 *
 * Different from CoSA as released: equal primes are counted instead of told apart, which leaves out permutations of the
 * same tiling; tiles with a sliding window are counted exactly, from a table of their extents; how a level divides its
 * capacity among tensors is chosen by the program from a grid instead of given; the loop order of a level is which
 * tensor stays in place there, instead of a place for every prime factor.
 *
 * @param available What the hardware offers.
 */
export function mappingProgram(space: Mapspace, available: Needs, weights: CosaWeights = cosaWeights): MappingProgram {
  const { shape, slots, slotsOf, target } = space;
  const program = linearProgram();
  const levels = target.levels.map((_, l) => l);
  const tensors = shape.problem.tensors.map((_, t) => t);
  const widths = tensorWidths(shape.problem, target.levels);
  const keeps = (l: number, t: number) => target.levels[l]!.keeps.includes(shape.problem.tensors[t]!.name);
  const relevant = (t: number, d: number) => ((shape.relevant[t]! >> d) & 1) === 1;

  const takes: { prime: number; times: Expression }[][] = slots.map(() => []);
  slotsOf.forEach((own, d) => {
    const primes = primeFactors(shape.bounds[d]!);
    for (const prime of new Set(primes)) {
      const times = primes.filter((other) => other === prime).length;
      const shares = own.map((slot) => {
        const share = program.whole(times);
        takes[slot]!.push({ prime, times: share });
        return share;
      });
      program.demand(sum(...shares.map((share) => [1, share] as const)), "=", number(times));
    }
  });
  const logFactor = slots.map((_, slot) =>
    sum(...takes[slot]!.map(({ prime, times }) => [Math.log(prime), times] as const)),
  );
  const logProduct = (which: (slot: number) => boolean) =>
    sum(...logFactor.flatMap((factor, slot) => (which(slot) ? [[1, factor] as const] : [])));

  for (const l of levels) {
    for (const kind of ["X", "Y"] as const) {
      const fanOut = kind === "X" ? available.x[l]! : available.y[l]!;
      const unrolled = logProduct((slot) => slots[slot]!.level === l && slots[slot]!.kind === kind);
      if (Number.isFinite(fanOut)) program.demand(unrolled, "<=", number(Math.log(fanOut)));
    }
  }

  const held: Expression[] = [];
  const heldBy = new Map<string, Expression>();
  for (const l of levels) {
    const own = tensors.filter((t) => keeps(l, t));
    const capacity = available.words[l]!;
    for (const t of own) heldBy.set(`${l} ${t}`, logWords(program, space, takes, l, t));
    if (!Number.isFinite(capacity)) continue;
    const splits = divisions(own.length, PARTS);
    const chosen = splits.map(() => program.whole(1));
    if (splits.length > 0) program.demand(sum(...chosen.map((one) => [1, one] as const)), "=", number(1));
    own.forEach((t, k) => {
      const room = sum(
        [1, number(Math.log(capacity / levelWords(widths, t, l, 1)))],
        ...splits.map((split, s) => [Math.log(split[k]!), chosen[s]!] as const),
      );
      const words = heldBy.get(`${l} ${t}`)!;
      program.demand(words, "<=", room);
      held.push(words);
    });
  }

  const stays = new Map(space.freeOrder.map((l) => [l, tensors.map(() => program.whole(1))] as const));
  for (const own of stays.values()) program.demand(sum(...own.map((one) => [1, one] as const)), "=", number(1));

  /**
   * Loops of level l that fetch tensor t anew, in logs: those it depends on, and others unless the order keeps it in
   * place.
   */
  const fetches = (l: number, t: number): Expression => {
    const loops = (wanted: boolean) =>
      logProduct((slot) => {
        const { level, kind, dim } = slots[slot]!;
        return level === l && relevant(t, dim) === wanted && (wanted || kind === "temporal") && !inPlace(l, t, slot);
      });
    const own = stays.get(l);
    if (own === undefined) return sum([1, loops(true)], [1, loops(false)]);
    const others = loops(false);
    const most = shape.bounds.reduce((total, bound, d) => total + (relevant(t, d) ? 0 : Math.log(bound)), 0);
    const repeated = program.real();
    program.demand(others, "<=", sum([1, repeated], [most, own[t]!]));
    return sum([1, loops(true)], [1, repeated]);
  };

  /** Whether a fixed order keeps tensor t in place along a loop: no loop further inside at its level moves it. */
  const inPlace = (l: number, t: number, slot: number): boolean => {
    if (stays.has(l) || slots[slot]!.kind !== "temporal") return false;
    return slots.every(
      ({ level, kind, dim }, other) => level !== l || kind !== "temporal" || other > slot || !relevant(t, dim),
    );
  };

  const traffic = tensors.flatMap((t) => {
    const nearest = levels.find((l) => l > 0 && keeps(l, t));
    if (nearest === undefined) return [];
    return [heldBy.get(`${nearest} ${t}`)!, ...levels.filter((l) => l < nearest).map((l) => fetches(l, t))];
  });
  const compute = logProduct((slot) => slots[slot]!.kind === "temporal");
  const objective = sum(
    ...traffic.map((part) => [weights.traffic, part] as const),
    [weights.compute, compute],
    ...held.map((words) => [-weights.utilization, words] as const),
  );
  return { program, objective, takes, stays };
}

/** All ways to divide a whole among so many by parts of `1 / parts`, nobody getting none. */
function divisions(among: number, parts: number): number[][] {
  if (among === 0) return [];
  if (among === 1) return [[1]];
  const all: number[][] = [];
  const divide = (shares: number[], left: number) => {
    if (shares.length === among - 1) {
      all.push([...shares, left].map((share) => share / parts));
      return;
    }
    for (let share = 1; share <= left - (among - 1 - shares.length); share++) divide([...shares, share], left - share);
  };
  divide([], parts);
  return all;
}
