import { LOAD_ROW_WORDS } from "./driver.js";
import { driverTiles, type EffectiveTiles, effectiveTiles } from "./effective-tiles.js";
import { C, type DimensionRoles, G, K, N, P, Q, R, S } from "./roles.js";
import { passes, type Sloped } from "./soft-ceiling.js";
import { COLUMNS, OUTER, ROWS, VARIABLES, type Variables } from "./tiles.js";

/**
 * Per-dimension quantities, summed over all tiles of a dimension, whose products are a schedule's counts: numbers of
 * tiles, elements, blocks of the array's edge, rows that one command loads, kernel passes, and input rows and columns
 * with halo.
 */
export const ATOMS = [
  "tilesP",
  "tilesQ",
  "tilesK",
  "tilesC",
  "tilesR",
  "tilesS",
  "tilesN",
  "groups",
  "allP",
  "allQ",
  "allK",
  "allC",
  "allR",
  "allS",
  "allN",
  "blocksP",
  "blocksK",
  "blocksC",
  "rowsK",
  "rowsC",
  "kernelPasses",
  "inputP",
  "inputQ",
  "inputBlocks",
  "packed",
] as const;
export type Atom = (typeof ATOMS)[number];

const INDEX = Object.fromEntries(ATOMS.map((name, i) => [name, i])) as Readonly<Record<Atom, number>>;
/** Number of tiles and of elements of the roles that the driver does not extend. */
const PLAIN = [
  [INDEX.tilesK, INDEX.allK, K],
  [INDEX.tilesC, INDEX.allC, C],
  [INDEX.tilesR, INDEX.allR, R],
  [INDEX.tilesS, INDEX.allS, S],
  [INDEX.tilesN, INDEX.allN, N],
] as const;
const POSITIONS = [
  [INDEX.tilesP, INDEX.allP, P],
  [INDEX.tilesQ, INDEX.allQ, Q],
] as const;

/** Atoms of one nest: values, and derivatives of their logs with respect to the logs of the variables. */
export interface Atoms {
  readonly value: Float64Array;
  /** Row per atom, column per variable; of the last smooth `write`. */
  readonly slope: Float64Array;
  write(variables: Variables, exact: boolean): void;
}

/** Atoms of a problem under the gemmini driver. */
export function atoms(roles: DimensionRoles): Atoms {
  const value = new Float64Array(ATOMS.length);
  const slope = new Float64Array(ATOMS.length * VARIABLES);
  const tiles: EffectiveTiles = effectiveTiles();
  const ceiling: Sloped = { value: 0, slope: 0 };
  let atom = 0;
  let exactOnly = false;

  /** Adds the share of a role: derivatives of the atom's log by log tile and log count of that role. */
  const by = (role: number, byTile: number, byCount: number) => {
    if (exactOnly) return;
    const base = atom * VARIABLES;
    const { tileSlope, countSlope } = tiles;
    const at = 3 * role;
    slope[base + role]! += byTile * tileSlope[at]! + byCount * countSlope[at]!;
    slope[base + OUTER + role]! += byTile * tileSlope[at + 1]! + byCount * countSlope[at + 1]!;
    slope[base + ROWS]! += byTile * tileSlope[at + 2]! + byCount * countSlope[at + 2]!;
  };
  const put = (index: number, amount: number) => {
    atom = index;
    value[index] = amount;
  };
  /** `count * passes(tile / edge) + extra`, an edge of at least `floor` words. */
  const blocks = (index: number, role: number, edgeVariable: number, edge: number, extra: number, exact: boolean) => {
    const x = tiles.tile[role]! / edge;
    passes(x, exact, ceiling);
    const inner = tiles.count[role]! * ceiling.value;
    put(index, inner + extra);
    const byLength = (inner / (inner + extra)) * ((ceiling.slope * x) / ceiling.value);
    by(role, byLength, inner / (inner + extra));
    if (edgeVariable >= 0) slope[atom * VARIABLES + edgeVariable]! -= byLength;
  };
  /** Input positions under all tiles of outputs `o` and kernel positions `k`. */
  const halo = (index: number, o: number, k: number, stride: number, dilation: number, extra: number) => {
    const { tile, count } = tiles;
    const step = tile[o]! * stride;
    const reach = (tile[k]! - 1) * dilation;
    const sum = count[o]! * (step + reach) + extra * (stride + reach);
    put(index, count[k]! * sum);
    by(o, (count[o]! * step) / sum, (count[o]! * (step + reach)) / sum);
    by(k, ((count[o]! + extra) * tile[k]! * dilation) / sum, 1);
  };

  return {
    value,
    slope,
    write(variables, exact) {
      exactOnly = exact;
      if (!exact) slope.fill(0);
      driverTiles(roles, variables, exact, tiles);
      const { tile, count, extra } = tiles;
      const columns = variables[COLUMNS]!;
      const rows = variables[ROWS]!;
      for (const [number, all, role] of PLAIN) {
        put(number, count[role]!);
        by(role, 0, 1);
        put(all, count[role]! * tile[role]!);
        by(role, 1, 1);
      }
      for (const [number, all, role] of POSITIONS) {
        put(number, count[role]! + extra);
        by(role, 0, count[role]! / (count[role]! + extra));
        const inner = count[role]! * tile[role]!;
        put(all, inner + extra);
        by(role, inner / (inner + extra), inner / (inner + extra));
      }
      put(INDEX.groups, count[G]! * tile[G]!);
      by(G, 1, 1);
      blocks(INDEX.blocksP, P, ROWS, rows, extra, exact);
      blocks(INDEX.blocksK, K, COLUMNS, columns, 0, exact);
      blocks(INDEX.blocksC, C, ROWS, rows, 0, exact);
      const wideK = columns > LOAD_ROW_WORDS;
      const wideC = rows > LOAD_ROW_WORDS;
      blocks(INDEX.rowsK, K, wideK ? COLUMNS : -1, wideK ? columns : LOAD_ROW_WORDS, 0, exact);
      blocks(INDEX.rowsC, C, wideC ? ROWS : -1, wideC ? rows : LOAD_ROW_WORDS, 0, exact);
      halo(INDEX.inputP, P, R, roles.stride[0], roles.dilation[0], extra);
      halo(INDEX.inputQ, Q, S, roles.stride[1], roles.dilation[1], extra);
      inputBlocks(rows, exact);
      packing(rows, exact);
    },
  };

  /** Load commands along a row of the input: blocks of the array's edge under every tile. */
  function inputBlocks(rows: number, exact: boolean): void {
    const { tile, count, extra } = tiles;
    const reach = (tile[R]! - 1) * roles.dilation[0];
    const step = tile[P]! * roles.stride[0];
    const width = step + reach;
    passes(width / rows, exact, ceiling);
    const main = count[P]! * ceiling.value;
    const mainSlope = (count[P]! * ceiling.slope) / rows;
    let edge = 0;
    let edgeSlope = 0;
    if (extra > 0) {
      passes((roles.stride[0] + reach) / rows, exact, ceiling);
      edge = extra * ceiling.value;
      edgeSlope = (extra * ceiling.slope) / rows;
    }
    const sum = main + edge;
    put(INDEX.inputBlocks, count[R]! * sum);
    by(P, (mainSlope * step) / sum, main / sum);
    by(R, ((mainSlope + edgeSlope) * tile[R]! * roles.dilation[0]) / sum, 1);
    slope[atom * VARIABLES + ROWS]! -= (mainSlope * width + edgeSlope * (roles.stride[0] + reach)) / sum;
  }

  /** Kernel columns that one pass takes, packed beside each other where the channels of a tile leave rows free. */
  function packing(rows: number, exact: boolean): void {
    const { tile, count } = tiles;
    const room = rows / tile[C]!;
    const free = room > 1 && room < tile[R]!;
    const packed = Math.max(1, Math.min(tile[R]!, exact ? Math.floor(room + 1e-9) : room));
    put(INDEX.packed, packed);
    if (free) {
      by(C, -1, 0);
      slope[atom * VARIABLES + ROWS]! += 1;
    } else if (room >= tile[R]!) by(R, 1, 0);
    const x = tile[R]! / packed;
    passes(x, exact, ceiling);
    put(INDEX.kernelPasses, count[R]! * ceiling.value);
    const byLength = (ceiling.slope * x) / ceiling.value;
    by(R, byLength, 1);
    if (free) {
      by(C, byLength, 0);
      slope[atom * VARIABLES + ROWS]! -= byLength;
    } else if (room >= tile[R]!) by(R, -byLength, 0);
  }
}
