import { LoopnestError, type Target } from "@loopnest/mapspace";
import type { Case } from "@loopnest/mapspace/schema";
import { fixedTarget, type LevelConstraints, type LoopConstraints } from "@loopnest/timeloop";
import { chooseNetwork, chooseTarget, drawMapping, goTo, type Transition } from "../state/transitions.js";

const free: LoopConstraints = { factors: {}, maxFactors: {}, minFactors: {}, order: null };

/**
 * What opening a case changes: its machine, as it stands, its one layer, and the mapping.
 *
 * @throws LoopnestError `unsupported` for a layer that shares loops with others.
 */
export function openCase({ architecture, problem, mapping, held }: Case, file: string): Transition[] {
  if (held !== undefined) {
    throw new LoopnestError({
      ...{
        code: "unsupported",
        path: `${file}: held`,
        problem: "the layer shares loops with others, which the studio does not show",
      },
      fix: "use loopnest explain --case, or a layer that runs by itself",
    });
  }
  const constraints = architecture.levels.map(
    ({ name }): LevelConstraints => ({
      ...{ level: name, temporal: free, spatial: { ...free, split: null } },
      ...{ keep: [], bypass: [], positions: {} },
    }),
  );
  const target: Target = fixedTarget(architecture, problem, constraints, { energyTable: "dosa" });
  const workload = { name: problem.name, source: file, layers: [{ problem, count: 1 }] };
  return [
    chooseTarget({ target, builtIn: null }),
    chooseNetwork({ workload, builtIn: null }),
    drawMapping(mapping),
    goTo("mapping"),
  ];
}
