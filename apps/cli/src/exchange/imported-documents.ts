import type { ActionCosts, Counts, LevelActions, StorageLevel } from "@loopnest/mapspace";
import { fixedTarget, type Note, type TimeloopImport } from "@loopnest/timeloop";

/** What an import makes: documents by the name of their file, without its ending. */
export type Documents = Readonly<Record<string, unknown>>;

/** Where the files of `--as-target` refer to each other. */
const ENERGIES = "energies";

/** A case for `loopnest evaluate`, counted as told; without a mapping, what it would consist of. */
export function caseDocuments({ architecture, problem, mapping }: TimeloopImport, counts?: Counts): Documents {
  if (mapping === null) return { architecture, problem };
  return { case: { id: problem.name, ...(counts !== undefined && { counts }), architecture, problem, mapping } };
}

/**
 * A target with all sizes fixed, its energies, and the problem as a workload: what `loopnest search` takes.
 *
 * @param onNote Is told of constraints that a target cannot say.
 * @throws LoopnestError `unsupported` for a capacity that is no whole number of rows.
 */
export function targetDocuments(
  { architecture, problem, constraints }: TimeloopImport,
  onNote: (note: Note) => void,
): Documents {
  const source = "imported from Timeloop files";
  const { name, levels, compute } = architecture;
  const energies: ActionCosts = {
    name: `${name}-energies`,
    source,
    levels: Object.fromEntries(
      levels.map((level) => [level.name, { ...actionsOf(level), areaUm2: level.areaPerInstanceUm2 }]),
    ),
    mac: { energyPj: compute.energyPj, areaUm2: compute.areaPerInstanceUm2 },
  };
  return {
    target: fixedTarget(architecture, problem, constraints, { energyTable: `./${ENERGIES}.yaml`, onNote }),
    [ENERGIES]: energies,
    workload: { name: problem.name, source, layers: [{ problem }] },
  };
}

/** What one instance of a level costs, as an energy table says it. */
function actionsOf(level: StorageLevel): LevelActions {
  const { energyPerVectorAccessPj, readEnergyPj, fillEnergyPj, updateEnergyPj, leakPjPerCycle } = level;
  return {
    ...(energyPerVectorAccessPj !== undefined && { energyPerVectorAccessPj }),
    ...(readEnergyPj !== undefined && { readEnergyPj }),
    ...(fillEnergyPj !== undefined && { fillEnergyPj }),
    ...(updateEnergyPj !== undefined && { updateEnergyPj }),
    ...(leakPjPerCycle !== undefined && { leakPjPerCycle }),
  };
}
