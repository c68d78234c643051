import type { MappingPool } from "../enumerate/mapping-pool.js";

/**
 * What mappings of all layers cost on one array, or at least cost on any of several, as a function of memories alone. A
 * mapping fits if every memory has at least the value that it needs, takes `latency` cycles, and
 *
 *     energyPj = fixedEnergy + sum over priced levels of accesses * price(level, value of its memory)
 *
 * Memories count in grid values: only sizes that are just large enough for some mapping are worth building, since
 * anything larger only costs more. All figures are of all executions of a layer.
 */
export interface CostTable {
  /** Per memory: area at every grid value beyond that at the first, um2. */
  readonly areas: readonly Float64Array[];
  /** Area with all memories at their first grid value, um2. */
  readonly baseAreaUm2: number;
  /** Per priced level: the memory that decides it, and its price at every grid value of that. */
  readonly pricedBy: readonly number[];
  readonly prices: readonly Float64Array[];
  readonly layers: readonly CostRows[];
}

/** Mappings of a layer by rising latency. */
export interface CostRows {
  readonly count: number;
  readonly latency: Float64Array;
  readonly fixedEnergy: Float64Array;
  /** Per priced level. */
  readonly accesses: readonly Float64Array[];
  /** Per memory: the grid value from which on a mapping fits. */
  readonly needs: readonly Int32Array[];
  /** Numbers of the mappings in their layer's pool. */
  readonly mapping: Int32Array;
}

/** What the columns of a table are computed from. */
export interface CostColumns {
  readonly memories: number;
  readonly pricedLevels: number;
  /** Writes the row of a mapping; false if it does not fit. */
  write(pool: MappingPool, mapping: number, row: CostRow): boolean;
}

/** One row, of one execution. */
export interface CostRow {
  latency: number;
  fixedEnergy: number;
  readonly accesses: Float64Array;
  readonly needs: Int32Array;
}

/** The rows of some mappings of a layer. */
export function costRows(columns: CostColumns, pool: MappingPool, mappings: Int32Array): CostRows {
  const n = mappings.length;
  const times = pool.layer.count;
  const latency = new Float64Array(n);
  const fixedEnergy = new Float64Array(n);
  const accesses = Array.from({ length: columns.pricedLevels }, () => new Float64Array(n));
  const needs = Array.from({ length: columns.memories }, () => new Int32Array(n));
  const row: CostRow = {
    latency: 0,
    fixedEnergy: 0,
    accesses: new Float64Array(columns.pricedLevels),
    needs: new Int32Array(columns.memories),
  };
  const order = new Int32Array(n);
  let count = 0;
  let sorted = true;
  for (let i = 0; i < n; i++) {
    if (!columns.write(pool, mappings[i]!, row)) continue;
    latency[i] = row.latency * times;
    fixedEnergy[i] = row.fixedEnergy * times;
    for (let p = 0; p < columns.pricedLevels; p++) accesses[p]![i] = row.accesses[p]! * times;
    for (let m = 0; m < columns.memories; m++) needs[m]![i] = row.needs[m]!;
    if (count > 0 && latency[i]! < latency[order[count - 1]!]!) sorted = false;
    order[count++] = i;
  }
  const kept = order.subarray(0, count);
  if (!sorted) kept.sort((x, y) => latency[x]! - latency[y]!);
  return pick({ count: n, latency, fixedEnergy, accesses, needs, mapping: mappings }, kept);
}

/** The table with some of its rows only, per layer by rising number. */
export function pickRows(table: CostTable, rows: readonly Int32Array[]): CostTable {
  return { ...table, layers: table.layers.map((layer, i) => pick(layer, rows[i]!)) };
}

function pick(rows: CostRows, order: Int32Array): CostRows {
  const floats = (list: Float64Array) => {
    const out = new Float64Array(order.length);
    for (let i = 0; i < order.length; i++) out[i] = list[order[i]!]!;
    return out;
  };
  const ints = (list: Int32Array) => {
    const out = new Int32Array(order.length);
    for (let i = 0; i < order.length; i++) out[i] = list[order[i]!]!;
    return out;
  };
  return {
    count: order.length,
    latency: floats(rows.latency),
    fixedEnergy: floats(rows.fixedEnergy),
    accesses: rows.accesses.map(floats),
    needs: rows.needs.map(ints),
    mapping: ints(rows.mapping),
  };
}
