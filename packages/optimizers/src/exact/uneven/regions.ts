import type { Target } from "@loopnest/mapspace";

/**
 * A stretch of a nest, innermost first: loops over some dimensions in any order, or the store nodes of a level, with
 * loops between them where they may be placed apart.
 */
export interface Region {
  readonly level: number;
  /** Whether the nodes of the level are placed here. */
  readonly places: boolean;
  /** Dimensions that may be iterated here: between the nodes, where it places any. */
  readonly dims: readonly number[];
}

/**
 * The regions of all mappings that a target can execute, innermost first; nodes of the outermost level hold everything
 * and have none.
 *
 * @param dims Names of the dimensions.
 */
export function regionsOf(target: Target, dims: readonly string[]): Region[] {
  const numbers = (names: readonly string[]) => names.map((name) => dims.indexOf(name)).filter((d) => d >= 0);
  const iterated = target.levels.map(({ space }) =>
    space.temporal === "all" ? dims.map((_, d) => d) : numbers(space.temporal),
  );
  const regions: Region[] = [];
  for (let level = target.levels.length - 1; level >= 0; level--) {
    const { space, apart } = target.levels[level]!;
    const own = iterated[level]!;
    if (space.order === "any") {
      if (own.length > 0) regions.push({ level, places: false, dims: own });
    } else {
      const fixed = numbers(space.order).filter((d) => own.includes(d));
      for (const d of [...fixed, ...own.filter((other) => !fixed.includes(other))]) {
        regions.push({ level, places: false, dims: [d] });
      }
    }
    if (level === 0) continue;
    // In a fixed order the loops of two regions would be one sequence.
    const free = apart === true && target.levels[level - 1]!.space.order === "any";
    regions.push({ level, places: true, dims: free ? iterated[level - 1]! : [] });
  }
  return regions;
}
