import {
  divisors,
  type LevelMapping,
  type Mapping,
  type Problem,
  type SpatialLoop,
  type Target,
  type TemporalLoop,
} from "@loopnest/mapspace";

/** One place for loops in a nest: the entry it belongs to, and what may stand there. */
interface Place {
  readonly entry: number;
  readonly kind: "temporal" | "X" | "Y";
  readonly dims: readonly string[];
  /** Innermost first, or any. */
  readonly order: "any" | readonly string[];
}

/**
 * Calls `visit` for every uneven mapping of a problem on a target, by plain enumeration: every ordered partition of a
 * level's tensors into nodes where they may stand apart, every split of every bound over all places for loops, every
 * order of free loops. Most do not fit.
 */
export function everyUnevenMapping(problem: Problem, target: Target, visit: (mapping: Mapping) => void): void {
  const dims = Object.keys(problem.dims);
  const names = problem.tensors.map(({ name }) => name);
  const allowed = (list: "all" | readonly string[]) => (list === "all" ? dims : list.filter((d) => dims.includes(d)));
  const nodes = (l: number): string[][][] => {
    const kept = names.filter((name) => target.levels[l]!.keeps.includes(name));
    return target.levels[l]!.apart ? orderedPartitions(kept) : [[kept]];
  };
  for (const choice of product(target.levels.map((_, l) => nodes(l)))) {
    const entries = choice.flatMap((parts, l) => (parts.length === 0 ? [[]] : parts).map((keeps) => ({ l, keeps })));
    const places = entries.flatMap(({ l }, entry): Place[] => {
      const { space } = target.levels[l]!;
      if (entries[entry + 1]?.l === l) {
        return [{ entry, kind: "temporal", dims: allowed(target.levels[l - 1]!.space.temporal), order: "any" }];
      }
      return [
        { entry, kind: "temporal", dims: allowed(space.temporal), order: space.order },
        { entry, kind: "Y", dims: allowed(space.spatialY), order: [] },
        { entry, kind: "X", dims: allowed(space.spatialX), order: [] },
      ];
    });
    const splits = dims.map((dim) =>
      factorizations(
        problem.dims[dim]!,
        places.map((place) => place.dims.includes(dim)),
      ),
    );
    for (const factors of product(splits)) {
      const loopsAt = (p: number) =>
        dims.flatMap((dim, d): TemporalLoop[] => (factors[d]![p]! > 1 ? [[dim, factors[d]![p]!]] : []));
      const orders = places.map((place, p) => {
        const loops = loopsAt(p);
        if (place.kind !== "temporal") return [loops];
        if (place.order === "any") return permutations(loops);
        const rank = (dim: string) => (place.order as readonly string[]).indexOf(dim);
        return [[...loops].sort((a, b) => rank(b[0]) - rank(a[0]))];
      });
      for (const chosen of product(orders)) {
        visit(
          entries.map(({ l, keeps }, entry): LevelMapping => {
            const own = (kind: Place["kind"]) =>
              places.flatMap((place, p) => (place.entry === entry && place.kind === kind ? chosen[p]! : []));
            const spatial = (["Y", "X"] as const).flatMap((axis) =>
              own(axis).map(([dim, factor]): SpatialLoop => [dim, factor, axis]),
            );
            return { level: target.levels[l]!.name, keeps, temporal: own("temporal"), spatial };
          }),
        );
      }
    }
  }
}

function* product<T>(lists: readonly (readonly T[])[]): Generator<T[]> {
  if (lists.length === 0) {
    yield [];
    return;
  }
  const [first, ...rest] = lists;
  for (const tail of product(rest)) for (const head of first!) yield [head, ...tail];
}

function permutations<T>(list: readonly T[]): T[][] {
  if (list.length < 2) return [[...list]];
  return list.flatMap((item, i) =>
    permutations([...list.slice(0, i), ...list.slice(i + 1)]).map((rest) => [item, ...rest]),
  );
}

function orderedPartitions(list: readonly string[]): string[][][] {
  if (list.length === 0) return [[]];
  const found: string[][][] = [];
  for (let bits = 1; bits < 1 << list.length; bits++) {
    const first = list.filter((_, i) => (bits >> i) & 1);
    const rest = list.filter((_, i) => !((bits >> i) & 1));
    for (const parts of orderedPartitions(rest)) found.push([first, ...parts]);
  }
  return found;
}

/** Ways to write n as a product of factors, one per place; 1 where a place does not allow it. */
function factorizations(n: number, allowed: readonly boolean[]): number[][] {
  if (allowed.length === 0) return n === 1 ? [[]] : [];
  const [here, ...rest] = allowed;
  return (here ? divisors(n) : [1]).flatMap((factor) =>
    factorizations(n / factor, rest).map((factors) => [factor, ...factors]),
  );
}
