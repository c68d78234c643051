import type { Architecture, Mapping, Problem } from "@loopnest/mapspace";
import { nodeLevelsOf } from "./write/node-levels.js";
import { splitLevels } from "./write/split-levels.js";
import { writeArchitecture } from "./write/write-architecture.js";
import { checkLevels, writeMapping } from "./write/write-mapping.js";
import { writeProblem } from "./write/write-problem.js";
import { writeArt, writeErt } from "./write/write-tables.js";

/** Text of each file by its name. */
export interface TimeloopExport {
  readonly "arch.yaml": string;
  readonly "problem.yaml": string;
  readonly "map.yaml": string;
  readonly "ERT.yaml": string;
  readonly "ART.yaml": string;
}

/**
 * Writes what timeloop-model needs to evaluate a mapping, in the v0.3 dialect:
 * `timeloop-model arch.yaml problem.yaml map.yaml ERT.yaml ART.yaml`. `importTimeloop` reads back the same, but for
 * levels whose loops Timeloop cannot write at one level: what is more stands at levels of their own that keep and cost
 * nothing. Every store node of an uneven mapping stands at a level of its own, with the ports of its level.
 *
 * @throws LoopnestError `unsupported` with the path of what Timeloop cannot express.
 */
export function exportTimeloop({
  architecture,
  problem,
  mapping,
}: {
  readonly architecture: Architecture;
  readonly problem: Problem;
  readonly mapping: Mapping;
}): TimeloopExport {
  const nodes = nodeLevelsOf({ architecture, mapping });
  checkLevels(nodes.mapping, nodes.architecture);
  const split = splitLevels(nodes);
  return {
    "arch.yaml": writeArchitecture(split.architecture, problem),
    "problem.yaml": writeProblem(problem),
    "map.yaml": writeMapping(split.mapping, split.architecture, problem),
    "ERT.yaml": writeErt(split.architecture),
    "ART.yaml": writeArt(split.architecture),
  };
}
