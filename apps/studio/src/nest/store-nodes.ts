import { type LevelMapping, type Mapping, nodeLevels } from "@loopnest/mapspace";

/** An entry of a mapping: a level as a whole, or one of its store nodes. */
export interface NestNode {
  /** What it is called: `Scratchpad`, or `Scratchpad 2` of a level that stands several times. */
  readonly name: string;
  /** The level, by its place. */
  readonly level: number;
  /** Whether it is the innermost of its level: spatial loops stand there. */
  readonly last: boolean;
  /** Whether the level stands several times. */
  readonly apart: boolean;
}

/**
 * The entries of a mapping, outermost first.
 *
 * @param levels Names of the machine's levels.
 */
export function nodesOf(levels: readonly string[], mapping: Mapping): NestNode[] {
  const levelOf = nodeLevels(levels, mapping);
  return levelOf.map((level, n) => {
    const apart = levelOf[n - 1] === level || levelOf[n + 1] === level;
    const nth = n - levelOf.indexOf(level) + 1;
    const name = apart ? `${levels[level]} ${nth}` : levels[level]!;
    return { name, level, last: levelOf[n + 1] !== level, apart };
  });
}

/**
 * A level with one store node more: its first kept tensor outside, all else inside. As no loop stands between the two,
 * nothing costs more or less by that.
 */
export function splitNode(mapping: Mapping, node: number): Mapping {
  const own = mapping[node]!;
  const [first, ...rest] = own.keeps;
  if (first === undefined) return mapping;
  const outer = { level: own.level, temporal: [], spatial: [], keeps: [first] };
  return [...mapping.slice(0, node), outer, { ...own, keeps: rest }, ...mapping.slice(node + 1)];
}

/**
 * A store node and the next one inside, which is of the same level, as one: the loops between go outside of both, those
 * of the outermost level inside.
 */
export function joinNodes(mapping: Mapping, node: number, tensors: readonly string[]): Mapping {
  const [outer, inner] = [mapping[node]!, mapping[node + 1]!];
  const keeps = tensors.filter((name) => outer.keeps.includes(name) || inner.keeps.includes(name));
  const around = mapping[node - 1];
  const rest = mapping.slice(node + 2);
  if (around === undefined) return [{ ...inner, temporal: joined(outer.temporal, inner.temporal), keeps }, ...rest];
  const outside = { ...around, temporal: joined(around.temporal, outer.temporal) };
  return [...mapping.slice(0, node - 1), outside, { ...inner, keeps }, ...rest];
}

/** Loops and those inside of them; two of one dimension are one. */
function joined(outer: LevelMapping["temporal"], inner: LevelMapping["temporal"]): LevelMapping["temporal"] {
  const factorIn = (loops: typeof inner, dim: string) => loops.find(([name]) => name === dim)?.[1] ?? 1;
  const more = inner.filter(([dim]) => factorIn(outer, dim) === 1);
  return [...outer.map(([dim, factor]) => [dim, factor * factorIn(inner, dim)] as const), ...more];
}
