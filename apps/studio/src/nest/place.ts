import type { Axis, LevelMapping, LoopKind, Mapping } from "@loopnest/mapspace";

/** Where a loop of a mapping stands, or may stand. */
export interface Place {
  /** Entry of the mapping: a level, or one of the store nodes of a level that stands several times. */
  readonly node: number;
  readonly kind: LoopKind;
  readonly dim: string;
}

/** The factor of a loop; 1 where there is none. */
export function factorAt(mapping: Mapping, { node, kind, dim }: Place): number {
  const own = mapping[node]!;
  if (kind === "temporal") return own.temporal.find(([name]) => name === dim)?.[1] ?? 1;
  return own.spatial.find(([name, , axis]) => name === dim && axis === kind)?.[1] ?? 1;
}

/** The mapping with another factor at a place: a loop of 1 is left out, a new one comes innermost. */
export function withFactor(mapping: Mapping, { node, kind, dim }: Place, factor: number): Mapping {
  return withNode(mapping, node, (own) => {
    if (kind === "temporal") {
      const temporal = put(own.temporal, ([name]) => name === dim, factor > 1 ? ([dim, factor] as const) : null);
      return { ...own, temporal };
    }
    const axis: Axis = kind;
    const isIt = ([name, , on]: readonly [string, number, Axis]) => name === dim && on === axis;
    return { ...own, spatial: put(own.spatial, isIt, factor > 1 ? ([dim, factor, axis] as const) : null) };
  });
}

/** The mapping with one entry made anew. */
export function withNode(mapping: Mapping, node: number, anew: (own: LevelMapping) => LevelMapping): Mapping {
  return mapping.map((own, n) => (n === node ? anew(own) : own));
}

/** The loops with one in its place exchanged, put last, or left out. */
function put<Loop>(loops: readonly Loop[], isIt: (loop: Loop) => boolean, loop: Loop | null): Loop[] {
  if (loop === null) return loops.filter((own) => !isIt(own));
  return loops.some(isIt) ? loops.map((own) => (isIt(own) ? loop : own)) : [...loops, loop];
}
