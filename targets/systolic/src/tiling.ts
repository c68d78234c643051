import {
  LoopnestError,
  type Mapping,
  makeMapspace,
  type Problem,
  pointFromMapping,
  systolic,
} from "@loopnest/mapspace";
import { type Dim, dimNames } from "./conv-shape.js";

/** Levels of the target, outermost first. */
const DRAM = 0;
const SCRATCHPAD = 1;
const ACCUMULATOR = 2;

type Factors = Readonly<Record<Dim, number>>;

/** A mapping as the controller executes it: bounds are products of three factors each. */
export interface Tiling {
  /** Loops over tiles, innermost first. */
  readonly tileLoops: readonly (readonly [dim: Dim, factor: number])[];
  /** Iterations over blocks and pixels within a tile. */
  readonly within: Factors;
  /** Rows and columns in use. */
  readonly rows: number;
  readonly columns: number;
  /** Extent of a tile: `within` times rows (C) or columns (K). */
  readonly tile: Factors;
}

/**
 * Reads a mapping of the systolic target.
 *
 * @throws LoopnestError `input`, `factors` or `infeasible` if it is not one that the controller can execute.
 */
export function tilingOf(problem: Problem, mapping: Mapping): Tiling {
  const levels = systolic.levels.map(({ name }) => name);
  if (mapping.length !== levels.length || mapping.some(({ level }, l) => level !== levels[l])) {
    throw new LoopnestError({
      code: "input",
      path: "mapping",
      problem: `the mapping's levels are ${mapping.map(({ level }) => level).join(", ")}`,
      fix: `list the levels of ${systolic.name}: ${levels.join(", ")}`,
    });
  }
  pointFromMapping(makeMapspace(systolic, problem), mapping);
  const factor = (loops: readonly (readonly [string, number, ...unknown[]])[], dim: Dim) =>
    loops.find(([name]) => name === dim)?.[1] ?? 1;
  const perDim = (of: (dim: Dim) => number) => Object.fromEntries(dimNames.map((dim) => [dim, of(dim)])) as Factors;
  const within = perDim((dim) => factor(mapping[ACCUMULATOR]!.temporal, dim));
  const columns = factor(mapping[SCRATCHPAD]!.spatial, "K");
  const rows = factor(mapping[ACCUMULATOR]!.spatial, "C");
  return {
    tileLoops: mapping[DRAM]!.temporal.filter(([, bound]) => bound > 1).reverse() as [Dim, number][],
    within,
    rows,
    columns,
    tile: perDim((dim) => within[dim] * (dim === "C" ? rows : dim === "K" ? columns : 1)),
  };
}
