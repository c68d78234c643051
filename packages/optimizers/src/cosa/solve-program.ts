import loadHighs from "highs";
import type { Variable } from "./linear-program.js";

/** A solution and its cost. */
export interface Solution {
  readonly values: ReadonlyMap<Variable, number>;
  readonly cost: number;
}

let loading: ReturnType<typeof loadHighs> | undefined;

/**
 * Solves a mixed-integer program with HiGHS (WebAssembly; loaded at the first call).
 *
 * @param text In CPLEX's LP format, variables named `x0`, `x1`, ...
 * @param gap How far the cost may be from the optimum, relative to it.
 * @returns `null` if nothing is feasible.
 * @throws Error if HiGHS could not read the program or gave up on it.
 */
export async function solveProgram(text: string, gap: number): Promise<Solution | null> {
  loading ??= loadHighs();
  const highs = await loading;
  const {
    Status: status,
    Columns: columns,
    ObjectiveValue: cost,
  } = highs.solve(text, {
    mip_rel_gap: gap,
    output_flag: false,
  });
  if (status === "Infeasible" || status === "Primal infeasible or unbounded") return null;
  // What it cannot read it calls "Empty".
  if (status !== "Optimal") throw new Error(`HiGHS: ${status}`);
  const values = new Map<Variable, number>();
  for (const [name, column] of Object.entries(columns)) values.set(Number(name.slice(1)), column.Primal);
  return { values, cost };
}
