import type { LoopNest, Problem, ProblemShape } from "@loopnest/mapspace";
import { ATOMS, type Atom, atoms } from "./atoms.js";
import type { DriverName } from "./driver.js";
import { pairsOutside } from "./outside-tiles.js";
import { logReuse } from "./reuse.js";
import { type DimensionRoles, P, Q, R, S } from "./roles.js";
import { VARIABLES, type Variables } from "./tiles.js";

/**
 * What a machine driven by commands does for one layer, in numbers: calls of the sequencer (one per tile), rows and bytes and
 * commands of loads, weight blocks preloaded, compute commands and rows streamed through the array, and stores.
 */
export const COUNTS = [
  "calls",
  "inputRows",
  "inputBytes",
  "inputCommands",
  "weightRows",
  "weightBytes",
  "weightCommands",
  "preloads",
  "computeCommands",
  "streamedRows",
  "storeCommands",
  "storeRows",
  "storeBytes",
] as const;
export type CountName = (typeof COUNTS)[number];

const WEIGHT_TILES: readonly Atom[] = ["tilesP", "tilesQ", "tilesN"];
const CALLS: readonly Atom[] = [...WEIGHT_TILES, "tilesK", "tilesC", "tilesR", "tilesS", "groups"];
const INPUT: readonly Atom[] = ["inputQ", "allN", "tilesK", "groups"];
const WEIGHTS: readonly Atom[] = [...WEIGHT_TILES, "allR", "allS", "groups"];
const PASSES: readonly Atom[] = ["blocksK", "blocksC", "allS", "kernelPasses", "groups"];
const OUTPUT: readonly Atom[] = ["allQ", "allN", "groups"];

/** Every count as a product of atoms. Stores are once per output; the plain driver repeats them, see `scheduleCounts`. */
const PRODUCTS: Readonly<Record<CountName, readonly Atom[]>> = {
  calls: CALLS,
  inputRows: [...INPUT, "inputP", "rowsC", "packed"],
  inputBytes: [...INPUT, "inputP", "allC"],
  inputCommands: [...INPUT, "inputBlocks", "rowsC"],
  weightRows: [...WEIGHTS, "rowsK", "allC"],
  weightBytes: [...WEIGHTS, "allK", "allC"],
  weightCommands: [...WEIGHTS, "rowsK", "blocksC"],
  preloads: [...PASSES, ...WEIGHT_TILES],
  computeCommands: [...PASSES, "allQ", "allN", "blocksP"],
  streamedRows: [...PASSES, "allQ", "allN", "allP"],
  storeCommands: [...OUTPUT, "blocksP", "blocksK"],
  storeRows: [...OUTPUT, "allP", "blocksK"],
  storeBytes: [...OUTPUT, "allP", "allK"],
};
const REDUCTION_TILES: readonly Atom[] = ["tilesC", "tilesR", "tilesS"];
const TENSOR_OF: Partial<Record<CountName, "Weights" | "Inputs" | "Outputs">> = {
  inputRows: "Inputs",
  inputBytes: "Inputs",
  inputCommands: "Inputs",
  weightRows: "Weights",
  weightBytes: "Weights",
  weightCommands: "Weights",
  storeCommands: "Outputs",
  storeRows: "Outputs",
  storeBytes: "Outputs",
};

/** Counts of one nest after the other. */
export interface ScheduleCounts {
  /** Logs of `COUNTS`. */
  readonly log: Float64Array;
  /** Log of the kernel columns packed into one pass. */
  readonly logPacked: () => number;
  /** Calls that read nothing but the border around the image; whole numbers, without a derivative. */
  outsideCalls: number;
  write(nest: LoopNest, variables: Variables, exact: boolean): void;
  /**
   * Adds derivatives, given those with respect to `log` and `logPacked`: with respect to logs of variables to `toVariables`, and
   * (for reuse, which depends on the loop order) with respect to log factors to `toFactors`.
   */
  gradient(
    nest: LoopNest,
    toLog: Float64Array,
    toLogPacked: number,
    toVariables: Float64Array,
    toFactors: Float64Array,
  ): void;
}

/**
 * Counts of a problem under a driver. With the plain driver, loads are divided by the visits in a row that need the same tile,
 * and stores repeated for every visit that the loop order forces.
 */
export function scheduleCounts(
  problem: Problem,
  shape: ProblemShape,
  roles: DimensionRoles,
  driver: DriverName,
): ScheduleCounts {
  const own = atoms(roles, driver);
  const keepsTiles = driver === "plain";
  const products = COUNTS.map((name) => {
    const repeated = keepsTiles && TENSOR_OF[name] === "Outputs" ? REDUCTION_TILES : [];
    return Int32Array.from([...PRODUCTS[name], ...repeated], (atom) => ATOMS.indexOf(atom));
  });
  const moves = Object.fromEntries(
    problem.tensors.map((tensor) => {
      const dims = new Set(tensor.ranks.flat().map(([dim]) => dim));
      return [tensor.name, (d: number) => dims.has(shape.dims[d]!)];
    }),
  );
  const reused = keepsTiles ? (["Weights", "Inputs", "Outputs"] as const) : [];
  const packed = ATOMS.indexOf("packed");
  const toAtoms = new Float64Array(ATOMS.length);
  const log = new Float64Array(COUNTS.length);
  const { value, slope } = own;

  return {
    log,
    logPacked: () => Math.log(value[packed]!),
    outsideCalls: 0,
    write(nest, variables, exact) {
      own.write(variables, exact);
      for (let c = 0; c < COUNTS.length; c++) {
        let product = 1;
        const factors = products[c]!;
        for (let k = 0; k < factors.length; k++) product *= value[factors[k]!]!;
        log[c] = Math.log(product);
      }
      for (const tensor of reused) {
        const reuse = logReuse(nest, moves[tensor]!);
        COUNTS.forEach((name, c) => {
          if (TENSOR_OF[name] === tensor) log[c]! -= reuse;
        });
      }
      this.outsideCalls =
        driver === "gemmini" && !roles.isMatrixProduct ? outside(roles, variables, Math.exp(log[0]!)) : 0;
    },
    gradient(nest, toLog, toLogPacked, toVariables, toFactors) {
      toAtoms.fill(0);
      toAtoms[packed] = toLogPacked;
      for (let c = 0; c < COUNTS.length; c++) for (const atom of products[c]!) toAtoms[atom]! += toLog[c]!;
      for (let a = 0; a < ATOMS.length; a++) {
        if (toAtoms[a] === 0) continue;
        for (let v = 0; v < VARIABLES; v++) toVariables[v]! += toAtoms[a]! * slope[a * VARIABLES + v]!;
      }
      for (const tensor of reused) {
        let weight = 0;
        COUNTS.forEach((name, c) => {
          if (TENSOR_OF[name] === tensor) weight -= toLog[c]!;
        });
        logReuse(nest, moves[tensor]!, toFactors, weight);
      }
    },
  };
}

/** Calls of the gemmini driver that lie outside the image along at least one axis. Tiles are taken as whole numbers. */
function outside(roles: DimensionRoles, variables: Variables, calls: number): number {
  const { bounds, stride } = roles;
  const positions = Math.floor((bounds[P]! * stride[0] + 2 * Math.floor(bounds[R]! / 2) - bounds[R]!) / stride[0]) + 1;
  const share = (o: number, k: number, axis: 0 | 1) => {
    const tile = Math.max(1, Math.round(variables[o]!));
    const kernelTile = Math.max(1, Math.round(variables[k]!));
    const pairs = Math.ceil(positions / tile) * Math.ceil(bounds[k]! / kernelTile);
    const out = pairsOutside(positions, tile, bounds[k]!, kernelTile, stride[axis], bounds[P]! * stride[0]);
    return out / pairs;
  };
  if (bounds[R] === 1 && bounds[S] === 1) return 0;
  return calls * (1 - (1 - share(P, R, 0)) * (1 - share(Q, S, 1)));
}
