import {
  emptyMachine,
  type Mapping,
  makeMapspace,
  type Problem,
  pointFromMapping,
  type Target,
} from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { executableMapping } from "../src/samples/executable-mapping.js";
import { COUNTS } from "../src/schedule/counts.js";
import type { DriverName } from "../src/schedule/driver.js";
import { dimensionRoles } from "../src/schedule/roles.js";
import { scheduleCounts } from "../src/schedule/schedule-counts.js";
import { arrayEdges, readVariables, VARIABLES } from "../src/schedule/tiles.js";

export type Counted = Record<(typeof COUNTS)[number], number>;

/** Counts of a mapping by the closed form, on an array of a given edge. */
export function countsOf(
  problem: Problem,
  mapping: Mapping,
  driver: DriverName,
  peDim: number,
  target: Target,
): Counted {
  const space = makeMapspace(target, problem);
  const { nest } = pointFromMapping(space, executableMapping(space, mapping));
  const roles = dimensionRoles(problem, space.shape);
  const machine = emptyMachine(target.levels.length);
  analyticalModel(target).machine(Float64Array.of(peDim, 256, 64), "exact", machine);
  const variables = new Float64Array(VARIABLES);
  readVariables(nest, machine, roles, arrayEdges(target, roles), variables);
  const counts = scheduleCounts(space, roles, driver);
  counts.write(nest, variables, true);
  return Object.fromEntries(COUNTS.map((name, c) => [name, Math.exp(counts.log[c]!)])) as Counted;
}

/** A mapping of a target with the levels of gemmini. */
export function levels(
  dram: [string, number][],
  k: number,
  accumulator: [string, number][],
  c: number,
  axis: "X" | "Y" = "X",
): Mapping {
  return [
    { level: "DRAM", temporal: dram, spatial: [], keeps: ["Weights", "Inputs", "Outputs"] },
    { level: "Scratchpad", temporal: [], spatial: [["K", k, "X"]], keeps: ["Weights", "Inputs"] },
    { level: "Accumulator", temporal: accumulator, spatial: [["C", c, axis]], keeps: ["Outputs"] },
    { level: "Registers", temporal: [], spatial: [], keeps: ["Weights"] },
  ];
}
