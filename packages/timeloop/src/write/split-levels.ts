import { type Architecture, fanOut, type LevelMapping, type Mapping, type StorageLevel } from "@loopnest/mapspace";

/** A machine and how a layer runs on it. */
export interface Mapped {
  readonly architecture: Architecture;
  readonly mapping: Mapping;
}

/**
 * The same machine and mapping with levels that Timeloop can write: it has one loop a dimension in space at a level.
 *
 * Where a level has a dimension on both axes, the columns go to a level of their own inside, which keeps nothing and
 * costs nothing, as Timeloop's front end has it for a fan-out: rows lie outside columns, so that the order of all loops
 * stays, and with it every tile and count.
 */
export function splitLevels({ architecture, mapping }: Mapped): Mapped {
  const names = new Set(architecture.levels.map((level) => level.name));
  const levels: StorageLevel[] = [];
  const loops: LevelMapping[] = [];
  for (const [l, own] of mapping.entries()) {
    const level = architecture.levels[l]!;
    levels.push(level);
    if (!hasBothAxes(own)) {
      loops.push(own);
      continue;
    }
    const columns = passThrough(level, fanOut(architecture, l).y, names);
    levels.push(columns);
    loops.push(
      { ...own, spatial: own.spatial.filter(([, , axis]) => axis === "Y") },
      { level: columns.name, temporal: [], spatial: own.spatial.filter(([, , axis]) => axis === "X"), keeps: [] },
    );
  }
  return { architecture: { ...architecture, levels }, mapping: loops };
}

function hasBothAxes({ spatial }: LevelMapping): boolean {
  const on = (own: "X" | "Y") => spatial.filter(([, factor, axis]) => factor > 1 && axis === own).map(([dim]) => dim);
  return on("Y").some((dim) => on("X").includes(dim));
}

/** A level without memory, one in each row of the fan-out below `level`. */
function passThrough({ name, instances, meshX }: StorageLevel, rows: number, names: Set<string>): StorageLevel {
  let fresh = `${name}_columns`;
  while (names.has(fresh)) fresh += "_";
  names.add(fresh);
  return {
    name: fresh,
    keeps: [],
    wordBits: 1,
    blockSize: 1,
    capacityWords: 1,
    bandwidthWordsPerCycle: null,
    instances: instances * rows,
    meshX,
    energyPerVectorAccessPj: 0,
    areaPerInstanceUm2: 0,
  };
}
