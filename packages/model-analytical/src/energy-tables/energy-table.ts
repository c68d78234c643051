import type { LevelParts, LevelTemplate } from "@loopnest/mapspace";

/** What a table needs to know of a level: its name, what it is made of, and the width of its words. */
export type PricedLevel = Pick<LevelTemplate, "name" | "kind" | "wordBits">;

/**
 * A price and its derivatives with respect to the natural logs of the rows of an instance and of the width of a row.
 */
export interface Price {
  value: number;
  perLogRows: number;
  perLogWidth: number;
}

/** What a level costs whatever its size; what is left out is that of `plainParts`. */
export type TableParts = Partial<Pick<LevelParts, "readWeight" | "fillWeight" | "updateWeight" | "leakPjPerCycle">>;

/**
 * Energies and areas by size. Sizes may lie between whole numbers; prices never fall as a memory grows.
 *
 * One energy stands for every vector access of a level, whether it reads, fills or updates, unless `parts` weighs them.
 */
export interface EnergyTable {
  readonly name: string;
  readonly description: string;
  /** Where the numbers come from. */
  readonly source: string;
  /** Technology that all its numbers are of, if there is one: it may be scaled to another. */
  readonly technologyNm?: number;
  /** False if the table has energies only: all areas are 0, and an area limit or an area objective means nothing. */
  readonly hasAreas: boolean;
  /**
   * Writes the energy in pJ of one vector access to an instance of `rows` rows (`Infinity` if unlimited) of `widthBits`
   * each.
   *
   * @throws LoopnestError `input` if the table has no entry for the level.
   */
  vectorAccessPj(level: PricedLevel, rows: number, widthBits: number, out: Price): void;
  /** Weights of the kinds of access, and static energy; all accesses cost the same and nothing leaks if left out. */
  parts?(level: PricedLevel): TableParts;
  /** Writes the area in um2 of one instance. Throws as `vectorAccessPj` does. */
  areaUm2(level: PricedLevel, rows: number, widthBits: number, out: Price): void;
  /** Energy in pJ of one multiply-accumulate of two words of `bits`. */
  macEnergyPj(bits: number): number;
  /** Area in um2 of one multiply-accumulate unit. */
  macAreaUm2(bits: number): number;
}

/** A price to be written to. */
export function emptyPrice(): Price {
  return { value: 0, perLogRows: 0, perLogWidth: 0 };
}

/** Writes a price that size does not change. */
export function constantPrice(value: number, out: Price): void {
  out.value = value;
  out.perLogRows = 0;
  out.perLogWidth = 0;
}
