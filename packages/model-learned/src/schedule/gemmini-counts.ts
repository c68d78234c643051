import { ATOMS, type Atom, atoms } from "./atoms.js";
import { COUNTS, type CountName, type ScheduleCounts } from "./counts.js";
import { compulsoryInputBytes, pageShare } from "./memory-shares.js";
import { pairsOutside } from "./outside-tiles.js";
import { type DimensionRoles, P, Q, R, S } from "./roles.js";
import { ROWS, VARIABLES, type Variables } from "./tiles.js";

const WEIGHT_TILES: readonly Atom[] = ["tilesP", "tilesQ", "tilesN"];
const CALLS: readonly Atom[] = [...WEIGHT_TILES, "tilesK", "tilesC", "tilesR", "tilesS", "groups"];
const INPUT: readonly Atom[] = ["inputQ", "allN", "tilesK", "groups"];
const WEIGHTS: readonly Atom[] = [...WEIGHT_TILES, "allR", "allS", "groups"];
const PASSES: readonly Atom[] = ["blocksK", "blocksC", "allS", "kernelPasses", "groups"];
const OUTPUT: readonly Atom[] = ["allQ", "allN", "groups"];

const WEIGHT_PAGES = COUNTS.indexOf("weightPages");
const COMPULSORY = COUNTS.indexOf("compulsoryInputBytes");
const PRELOAD_ROWS = COUNTS.indexOf("preloadRows");
/** Every count as a product of atoms. */
const PRODUCTS: Readonly<Record<CountName, readonly Atom[]>> = {
  calls: CALLS,
  inputRows: [...INPUT, "inputP", "rowsC", "packed"],
  inputBytes: [...INPUT, "inputP", "allC"],
  inputCommands: [...INPUT, "inputBlocks", "rowsC"],
  compulsoryInputBytes: [],
  weightRows: [...WEIGHTS, "rowsK", "allC"],
  weightBytes: [...WEIGHTS, "allK", "allC"],
  weightCommands: [...WEIGHTS, "rowsK", "blocksC"],
  weightPages: [...WEIGHTS, "rowsK", "allC"],
  preloads: [...PASSES, ...WEIGHT_TILES],
  preloadRows: [...PASSES, ...WEIGHT_TILES],
  computeCommands: [...PASSES, "allQ", "allN", "blocksP"],
  streamedRows: [...PASSES, "allQ", "allN", "allP"],
  storeCommands: [...OUTPUT, "blocksP", "blocksK"],
  storeRows: [...OUTPUT, "allP", "blocksK"],
  storeBytes: [...OUTPUT, "allP", "allK"],
};

/** Counts of Gemmini's software and sequencers for a problem: see `DriverName`. */
export function gemminiCounts(roles: DimensionRoles): ScheduleCounts {
  const own = atoms(roles);
  const products = COUNTS.map((name) => Int32Array.from(PRODUCTS[name], (atom) => ATOMS.indexOf(atom)));
  const packed = ATOMS.indexOf("packed");
  const toAtoms = new Float64Array(ATOMS.length);
  const log = new Float64Array(COUNTS.length);
  const { value, slope } = own;
  const [allP, blocksP] = [ATOMS.indexOf("allP"), ATOMS.indexOf("blocksP")];
  const logCompulsory = Math.log(compulsoryInputBytes(roles));
  /** Rows of the array, and rows that one compute command streams through it. */
  let rows = 1;
  let streamed = 1;
  const logPageShare = Math.log(pageShare(roles));

  return {
    log,
    logPacked: () => Math.log(value[packed]!),
    outsideCalls: 0,
    write(_nest, variables, exact) {
      own.write(variables, exact);
      for (let c = 0; c < COUNTS.length; c++) {
        let product = 1;
        const factors = products[c]!;
        for (let k = 0; k < factors.length; k++) product *= value[factors[k]!]!;
        log[c] = Math.log(product);
      }
      log[WEIGHT_PAGES]! += logPageShare;
      log[COMPULSORY] = logCompulsory;
      rows = variables[ROWS]!;
      streamed = value[allP]! / value[blocksP]!;
      log[PRELOAD_ROWS]! += Math.log(Math.max(1, rows - streamed));
      this.outsideCalls = roles.isMatrixProduct ? 0 : outside(roles, variables, Math.exp(log[0]!));
    },
    gradient(_nest, toLog, toLogPacked, toVariables) {
      toAtoms.fill(0);
      toAtoms[packed] = toLogPacked;
      for (let c = 0; c < COUNTS.length; c++) for (const atom of products[c]!) toAtoms[atom]! += toLog[c]!;
      if (rows - streamed > 1) {
        const byExcess = toLog[PRELOAD_ROWS]! / (rows - streamed);
        toVariables[ROWS]! += byExcess * rows;
        toAtoms[allP]! -= byExcess * streamed;
        toAtoms[blocksP]! += byExcess * streamed;
      }
      for (let a = 0; a < ATOMS.length; a++) {
        if (toAtoms[a] === 0) continue;
        for (let v = 0; v < VARIABLES; v++) toVariables[v]! += toAtoms[a]! * slope[a * VARIABLES + v]!;
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
