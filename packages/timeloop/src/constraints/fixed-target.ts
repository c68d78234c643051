import {
  type Architecture,
  type LevelTemplate,
  LoopnestError,
  type Problem,
  type StorageKind,
  type StorageLevel,
  type Target,
} from "@loopnest/mapspace";
import type { NoteOptions } from "../yaml/note.js";
import { withFreeOutermost } from "./factor-limits.js";
import type { LevelConstraints } from "./level-constraints.js";
import { levelSpace, takenWhole } from "./level-space.js";

/** Largest memory, in words of one instance, that is taken for a file of registers rather than an SRAM. */
const REGISTER_WORDS = 64;

/** What a target needs beyond an architecture. */
export interface FixedTargetOptions extends NoteOptions {
  /** Name of an energy table or of a file with one; Timeloop's files have energies, not their table. */
  readonly energyTable: string;
  /** Word width of the multipliers; that of the outermost level's words unless given. */
  readonly macBits?: number;
}

/**
 * A target without free sizes: a machine as it is, and the mapspace that constraints leave it (`levelSpace`).
 *
 * A target's level keeps every tensor that it can hold; Timeloop's mapper also tries to bypass those that no constraint
 * keeps.
 *
 * @param constraints One entry per storage level, outermost first, as `importTimeloop` gives them.
 * @throws LoopnestError `unsupported` for a capacity that is no whole number of rows.
 */
export function fixedTarget(
  architecture: Architecture,
  problem: Problem,
  constraints: readonly LevelConstraints[],
  { energyTable, macBits = architecture.levels[0]!.wordBits, onNote = () => {} }: FixedTargetOptions,
): Target {
  const { name, levels, compute } = architecture;
  const taken = constraints.flatMap((level) => takenWhole(level, problem));
  const spaces = withFreeOutermost(
    constraints.map((level) => levelSpace(level, architecture, problem, { taken, onNote })),
    constraints,
    problem,
    onNote,
  );
  return {
    name,
    description: `${name} with all sizes fixed`,
    source: "Timeloop architecture and constraints",
    sizes: [],
    levels: levels.map((level, l): LevelTemplate => {
      const { wordBits, blockSize, bandwidthWordsPerCycle, instances, meshX, clusterSize, network } = level;
      const { bypass } = constraints[l]!;
      const keeps = level.keeps.filter((tensor) => !bypass.includes(tensor));
      return {
        name: level.name,
        kind: storageKind(level),
        keeps,
        wordBits,
        blockSize,
        // What keeps nothing needs no room: files give such levels any size, 0 too.
        rowsPerInstance: keeps.length === 0 && level.capacityWords !== null ? 1 : rows(level, l),
        bandwidthWordsPerCycle,
        instances,
        meshX,
        ...(clusterSize !== undefined && { clusterSize }),
        ...(network !== undefined && { network }),
        space: spaces[l]!,
      };
    }),
    compute: { instances: compute.instances, meshX: compute.meshX, macBits },
    energyTable,
  };
}

/**
 * What a level is made of, as far as its size tells: unlimited is DRAM, up to 64 words are registers, the rest is SRAM.
 *
 * @internal
 */
export function storageKind({ capacityWords }: StorageLevel): StorageKind {
  if (capacityWords === null) return "dram";
  return capacityWords <= REGISTER_WORDS ? "register" : "scratchpad";
}

function rows({ name, capacityWords: all, multipleBuffering = 1, blockSize }: StorageLevel, l: number): number | null {
  if (all === null) return null;
  const capacityWords = Math.floor(all / multipleBuffering);
  const rows = capacityWords / blockSize;
  if (Number.isInteger(rows) && rows > 0) return rows;
  throw new LoopnestError({
    code: "unsupported",
    path: `architecture.levels[${l}].capacityWords`,
    problem: `${name} holds ${capacityWords} words, not whole rows of ${blockSize}`,
    fix: "a target's memory is made of whole rows: change the depth or the block size",
    level: name,
  });
}
