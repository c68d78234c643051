import type { Mapping, Problem, Tensor } from "@loopnest/mapspace";

/** One loop of a mapping, with the C variable that counts it. */
export interface Loop {
  readonly level: number;
  readonly kind: "temporal" | "Y" | "X";
  readonly dim: string;
  readonly factor: number;
  /** By how much one iteration advances the index of `dim`: the product of the loops of `dim` inside. */
  readonly stride: number;
  readonly variable: string;
}

/**
 * The loops of a mapping, outermost first: at every level temporal ones, then rows, then columns; unit loops are left
 * out.
 */
export function loopsOf(mapping: Mapping, identifier: (name: string) => string): Loop[] {
  const loops = mapping.flatMap(({ temporal, spatial }, level) => [
    ...temporal.map(([dim, factor]) => ({ level, kind: "temporal" as const, dim, factor })),
    ...(["Y", "X"] as const).flatMap((axis) =>
      spatial.filter((loop) => loop[2] === axis).map(([dim, factor]) => ({ level, kind: axis, dim, factor })),
    ),
  ]);
  return loops
    .filter((loop) => loop.factor > 1)
    .map((loop, i, all) => ({
      ...loop,
      stride: all.slice(i + 1).reduce((product, { dim, factor }) => (dim === loop.dim ? product * factor : product), 1),
      variable: identifier(
        `${loop.dim.toLowerCase()}${loop.level}${loop.kind === "temporal" ? "" : loop.kind.toLowerCase()}`,
      ),
    }));
}

/** Words by which one iteration of a loop moves a tensor's tile, rank by rank. */
export function movesOf(tensor: Tensor, loop: Loop): number[] {
  return tensor.ranks.map((rank) =>
    rank.reduce((sum, [dim, coefficient]) => (dim === loop.dim ? sum + coefficient * loop.stride : sum), 0),
  );
}

/** Extents of the tile that some loops, the innermost ones, touch. */
export function tileExtents(tensor: Tensor, loops: readonly Loop[]): number[] {
  const moves = loops.map((loop) => movesOf(tensor, loop).map((words) => words * (loop.factor - 1)));
  return tensor.ranks.map((_, r) => moves.reduce((extent, words) => extent + words[r]!, 1));
}

/** The operator that the mapping's loops make up, as a plain nest: bounds are the products of the loops' factors. */
export function boundsOf(problem: Problem, loops: readonly Loop[]): [dim: string, bound: number][] {
  return Object.keys(problem.dims).map((dim) => [
    dim,
    loops.reduce((product, loop) => (loop.dim === dim ? product * loop.factor : product), 1),
  ]);
}
