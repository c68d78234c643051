import {
  type Architecture,
  type Axis,
  fanOut,
  levelWords,
  type Mapping,
  nodeLevels,
  type Problem,
  type ProblemShape,
  problemShape,
  type StorageLevel,
  tensorWidths,
  type Widths,
} from "@loopnest/mapspace";
import { rankExtent } from "../state/tile.js";

/** What a level holds of a tensor. */
export interface Tile {
  readonly tensor: string;
  /** Extent of every rank of the tensor, in words. */
  readonly extents: readonly number[];
  /** Their product, of one instance. */
  readonly words: number;
  /**
   * Bits of an element here, of an output's partial sum; `null` where it takes a word of the level, whatever that is.
   */
  readonly bits: number | null;
  /** What the tile takes of the level, in words of the level. */
  readonly levelWords: number;
}

/** What tiles look at in a level. */
type NamedLevel = Pick<StorageLevel, "name" | "keeps" | "wordBits" | "bits">;

/** So much of what there is. */
export interface Use {
  readonly used: number;
  readonly available: number;
}

/** How a mapping uses a storage level. */
export interface LevelUse {
  readonly level: string;
  /** Kept tensors, of one instance. */
  readonly tiles: readonly Tile[];
  /** Words of the level that all tiles together take. */
  readonly usedWords: number;
  /** Of one instance; `null` is unlimited. */
  readonly capacityWords: number | null;
  readonly instances: Use;
  /** Children of one instance: columns and rows that its spatial loops take, of those that there are. */
  readonly columns: Use;
  readonly rows: Use;
}

/**
 * How a mapping, even or not, uses every storage level, outermost first. It need not fit, but must name levels,
 * dimensions and tensors rightly.
 */
export function levelUses(problem: Problem, architecture: Architecture, mapping: Mapping): LevelUse[] {
  const names = architecture.levels.map(({ name }) => name);
  let instances = 1;
  return architecture.levels.map((level, l): LevelUse => {
    const tiles = levelTiles(problem, architecture.levels, mapping, l);
    const { x, y } = fanOut(architecture, l);
    const columns = unrolledAt(names, mapping, l, "X");
    const rows = unrolledAt(names, mapping, l, "Y");
    const use: LevelUse = {
      level: level.name,
      tiles,
      usedWords: tiles.reduce((sum, tile) => sum + tile.levelWords, 0),
      capacityWords: level.capacityWords,
      instances: { used: instances, available: level.instances },
      columns: { used: columns, available: x },
      rows: { used: rows, available: y },
    };
    instances *= columns * rows;
    return use;
  });
}

/**
 * What one instance of level l holds, node by node.
 *
 * @param levels Outermost first.
 */
export function levelTiles(problem: Problem, levels: readonly NamedLevel[], mapping: Mapping, l: number): Tile[] {
  return nodeTiles(problem, levels, mapping).flatMap(({ level, tiles }) => (level === l ? tiles : []));
}

/** What one instance of the level of every entry of a mapping holds there. */
export function nodeTiles(
  problem: Problem,
  levels: readonly NamedLevel[],
  mapping: Mapping,
): { readonly level: number; readonly tiles: readonly Tile[] }[] {
  const shape = problemShape(problem);
  const widths = tensorWidths(problem, levels);
  const names = levels.map(({ name }) => name);
  return nodeLevels(names, mapping).map((level, i) => {
    const extents = extentsFrom(shape, mapping, i);
    const tiles = shape.problem.tensors.flatMap(({ name }, t) =>
      mapping[i]!.keeps.includes(name) ? [tileOf(shape, widths, t, level, extents)] : [],
    );
    return { level, tiles };
  });
}

/** Children of one instance of level l that spatial loops take, along an axis. */
export function unrolledAt(names: readonly string[], mapping: Mapping, l: number, axis: Axis): number {
  const levelOf = nodeLevels(names, mapping);
  const spatial = mapping.flatMap((node, i) => (levelOf[i] === l ? node.spatial : []));
  return spatial.reduce((product, loop) => (loop[2] === axis ? product * loop[1] : product), 1);
}

/** Per dimension, the product of all loops at an entry of the mapping and inside (R1). */
function extentsFrom(shape: ProblemShape, mapping: Mapping, from: number): Float64Array {
  return Float64Array.from(shape.dims, (dim) => {
    let extent = 1;
    for (const { temporal, spatial } of mapping.slice(from)) {
      for (const [of, factor] of [...temporal, ...spatial]) if (of === dim) extent *= factor;
    }
    return extent;
  });
}

function tileOf(shape: ProblemShape, widths: Widths | null, t: number, l: number, extents: Float64Array): Tile {
  const { name, ranks } = shape.problem.tensors[t]!;
  const ofRanks = ranks.map((_, r) => rankExtent(shape, shape.rankStart[t]! + r, extents, 0));
  const words = ofRanks.reduce((product, extent) => product * extent, 1);
  const bits = widths === null ? null : widths.bits[t * widths.levelCount + l]!;
  return { tensor: name, extents: ofRanks, words, bits, levelWords: levelWords(widths, t, l, words) };
}
