import type { Mapspace, Target } from "@loopnest/mapspace";
import { logBox, logRun, logTerm } from "./contiguous-run.js";
import { COUNTS, type CountName, type ScheduleCounts } from "./counts.js";
import { compulsoryInputBytes, pageShare } from "./memory-shares.js";
import { logReuse } from "./reuse.js";
import { C, type DimensionRoles, G, K, N, P, Q, R, ROLES, S } from "./roles.js";
import { OUTER, ROWS, SPATIAL, VARIABLES } from "./tiles.js";

/** Bytes of the longest memory request: longer runs take several, and one that begins anywhere touches one more. */
const REQUEST_BYTES = 64;

const WEIGHT_ROWS = COUNTS.indexOf("weightRows");
const WEIGHT_PAGES = COUNTS.indexOf("weightPages");
const COMPULSORY = COUNTS.indexOf("compulsoryInputBytes");
const PRELOADS = COUNTS.indexOf("preloads");
const PRELOAD_ROWS = COUNTS.indexOf("preloadRows");
const STREAMED_ROWS = COUNTS.indexOf("streamedRows");
const TENSORS = ["Inputs", "Weights", "Outputs"] as const;
const [INPUTS, WEIGHTS, OUTPUTS] = [0, 1, 2] as const;
const TRANSFERS: readonly (readonly CountName[])[] = [
  ["inputBytes", "inputRows", "inputCommands"],
  ["weightBytes", "weightRows", "weightCommands"],
  ["storeBytes", "storeRows", "storeCommands"],
];

const tiles = (...roles: number[]) => roles.map((role) => OUTER + role);
const whole = (...roles: number[]) => [...roles, ...tiles(...roles)];
const spatial = (...roles: number[]) => roles.map((role) => SPATIAL + role);
const INPUT_WORDS = [...whole(C, G, N), ...tiles(P, Q, R, S, K)];
const WEIGHT_WORDS = [...whole(K, C, R, S, G), ...tiles(P, Q, N)];
const OUTPUT_WORDS = whole(N, G, K, P, Q);
/** Variables whose product is a count, but for runs, boxes of inputs, reuse and repeated stores. */
const PRODUCTS: Readonly<Record<CountName, readonly number[]>> = {
  calls: tiles(...ROLES.keys()),
  inputRows: INPUT_WORDS,
  inputBytes: INPUT_WORDS,
  inputCommands: INPUT_WORDS,
  compulsoryInputBytes: [],
  weightRows: WEIGHT_WORDS,
  weightBytes: WEIGHT_WORDS,
  weightCommands: WEIGHT_WORDS,
  weightPages: WEIGHT_WORDS,
  preloads: WEIGHT_WORDS,
  preloadRows: WEIGHT_WORDS,
  computeCommands: WEIGHT_WORDS,
  streamedRows: whole(...ROLES.keys()),
  storeRows: OUTPUT_WORDS,
  storeBytes: OUTPUT_WORDS,
  storeCommands: OUTPUT_WORDS,
};
/** Variables by whose product that is divided: what runs side by side in the array. */
const DIVISORS: Readonly<Partial<Record<CountName, readonly number[]>>> = {
  preloads: spatial(K, R, S, G),
  preloadRows: spatial(K, R, S, G),
  computeCommands: spatial(K, C, R, S, G),
  streamedRows: spatial(...ROLES.keys()),
};

/**
 * Counts of a plain driver, in exact terms of the mapping: the array is filled as its spatial loops say; a tile is
 * loaded when it changes, and a tile of sums stored when the loop order leaves it and loaded when it comes back, in the
 * accumulator's precision.
 *
 * Rows are runs of words that lie side by side in memory (see `logRun` for the layout), commands requests of up to 64
 * bytes, on average over where runs begin; preloads are rows of weights shifted into the array, compute commands blocks
 * of weights. Stores go both ways: of v visits of a tile of sums, v store it and v - 1 load it, all but the last as
 * sums of w words,
 *
 *     storeBytes = outputs * (1 + 2 w (v - 1)),   storeRows = outputs * (2 v - 1) / run
 */
export function plainCounts({ problem, shape, target }: Mapspace, roles: DimensionRoles): ScheduleCounts {
  const log = new Float64Array(COUNTS.length);
  const fixed = fixedSlopes();
  const logCompulsory = Math.log(compulsoryInputBytes(roles));
  const logPageShare = Math.log(pageShare(roles));
  const slope = new Float64Array(COUNTS.length * VARIABLES);
  /** Derivatives by the log of every tensor's reuse. */
  const byReuse = new Float64Array(COUNTS.length * TENSORS.length);
  const logVariables = new Float64Array(VARIABLES);
  const moves = TENSORS.map((name) => {
    const dims = new Set(
      problem.tensors
        .find((one) => one.name === name)!
        .ranks.flat()
        .map(([dim]) => dim),
    );
    return (d: number) => dims.has(shape.dims[d]!);
  });
  const storedWords = [2 * unfinishedSumWords(target), 2, 2];
  const term = logTerm();
  const box = logTerm();
  const rowOf = TRANSFERS.map((names) => names.map((name) => COUNTS.indexOf(name)));

  const addTerm = (c: number, times: number) => {
    for (let v = 0; v < VARIABLES; v++) slope[c * VARIABLES + v]! += times * term.slope[v]!;
  };

  return {
    log,
    logPacked: () => 0,
    outsideCalls: 0,
    write(nest, variables) {
      slope.set(fixed);
      byReuse.fill(0);
      for (let v = 0; v < VARIABLES; v++) logVariables[v] = Math.log(variables[v]!);
      for (let c = 0; c < COUNTS.length; c++) {
        log[c] = 0;
        for (let v = 0; v < VARIABLES; v++) log[c]! += fixed[c * VARIABLES + v]! * logVariables[v]!;
      }
      for (const axis of [0, 1] as const) {
        logBox(roles, axis, variables, term);
        for (const c of rowOf[INPUTS]!) {
          log[c]! += term.log;
          addTerm(c, 1);
        }
      }
      for (const tensor of [INPUTS, WEIGHTS] as const) {
        const reuse = logReuse(nest, moves[tensor]!);
        for (const c of rowOf[tensor]!) {
          log[c]! -= reuse;
          byReuse[c * TENSORS.length + tensor] = -1;
        }
      }
      const reductions = logVariables[OUTER + C]! + logVariables[OUTER + R]! + logVariables[OUTER + S]!;
      const visits = Math.exp(reductions - logReuse(nest, moves[OUTPUTS]!));
      rowOf[OUTPUTS]!.forEach((c, i) => {
        const moved = 1 + storedWords[i]! * (visits - 1);
        const byVisits = (storedWords[i]! * visits) / moved;
        log[c]! += Math.log(moved);
        for (const role of [C, R, S]) slope[c * VARIABLES + OUTER + role]! += byVisits;
        byReuse[c * TENSORS.length + OUTPUTS] = -byVisits;
      });
      rowOf.forEach(([, rows, commands], tensor) => {
        logRun(tensor, roles, variables, box, term);
        log[rows!]! -= term.log;
        addTerm(rows!, -1);
        const own = (1 - 1 / REQUEST_BYTES) * Math.exp(-term.log);
        const perWord = own + 1 / REQUEST_BYTES;
        log[commands!]! += Math.log(perWord);
        addTerm(commands!, -own / perWord);
      });
      log[COMPULSORY] = logCompulsory;
      // Blocks of weights take as many cycles as the array has rows, beside the pixels of the block before.
      const rows = variables[ROWS]!;
      const streamed = Math.exp(log[STREAMED_ROWS]! - log[PRELOADS]!);
      log[PRELOAD_ROWS]! += Math.log(Math.max(1, rows - streamed));
      if (rows - streamed > 1) {
        const byStreamed = streamed / (rows - streamed);
        slope[PRELOAD_ROWS * VARIABLES + ROWS]! += rows / (rows - streamed);
        for (let v = 0; v < VARIABLES; v++) {
          const change = slope[STREAMED_ROWS * VARIABLES + v]! - slope[PRELOADS * VARIABLES + v]!;
          slope[PRELOAD_ROWS * VARIABLES + v]! -= byStreamed * change;
        }
      }
      log[WEIGHT_PAGES] = log[WEIGHT_ROWS]! + logPageShare;
      slope.copyWithin(WEIGHT_PAGES * VARIABLES, WEIGHT_ROWS * VARIABLES, (WEIGHT_ROWS + 1) * VARIABLES);
      byReuse.copyWithin(
        WEIGHT_PAGES * TENSORS.length,
        WEIGHT_ROWS * TENSORS.length,
        (WEIGHT_ROWS + 1) * TENSORS.length,
      );
    },
    gradient(nest, toLog, _toLogPacked, toVariables, toFactors) {
      for (let c = 0; c < COUNTS.length; c++) {
        if (toLog[c] === 0) continue;
        for (let v = 0; v < VARIABLES; v++) toVariables[v]! += toLog[c]! * slope[c * VARIABLES + v]!;
      }
      moves.forEach((moved, tensor) => {
        let weight = 0;
        for (let c = 0; c < COUNTS.length; c++) weight += toLog[c]! * byReuse[c * TENSORS.length + tensor]!;
        if (weight !== 0) logReuse(nest, moved, toFactors, weight);
      });
    },
  };
}

function fixedSlopes(): Float64Array {
  const slopes = new Float64Array(COUNTS.length * VARIABLES);
  COUNTS.forEach((name, c) => {
    for (const variable of PRODUCTS[name]) slopes[c * VARIABLES + variable]!++;
    for (const variable of DIVISORS[name] ?? []) slopes[c * VARIABLES + variable]!--;
  });
  return slopes;
}

/**
 * Words of memory that an unfinished sum takes: the innermost level that keeps outputs has them as wide as they are.
 */
function unfinishedSumWords({ levels }: Target): number {
  const sums = levels.filter(({ keeps }) => keeps.includes("Outputs")).at(-1) ?? levels[0]!;
  return Math.max(1, sums.wordBits / levels[0]!.wordBits);
}
