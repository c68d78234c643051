import type { Tensor } from "@loopnest/mapspace";
import type { StepLoop } from "./step-loop.js";

/**
 * A temporal loop as one tensor sees it: so many iterations, each moving the tile by `move` (0 if it does not matter).
 */
export interface Move {
  readonly factor: number;
  readonly move: number;
}

/**
 * The traffic of one tensor between one instance of a level and its children: what has to be walked to count it.
 *
 * A point of the tensor is one number, its coordinates in mixed radix (`pointCodes`), so that moving a tile adds a
 * constant.
 */
export interface Boundary {
  /** Loops around the child tile, outermost first: the parent's and those of all levels outside. */
  readonly temporal: readonly Move[];
  /**
   * Where every child's tile lies relative to that of child 0. Children are numbered with the outermost loop most
   * significant.
   */
  readonly children: readonly number[];
  /** Points of the tile of child 0 in the first step, ascending. */
  readonly tile: readonly number[];
  /** A MAC unit holds nothing: it takes its point anew in every step. */
  readonly childIsMac: boolean;
}

/**
 * The boundary between level `parent` and level `child`, for one instance of the parent (the others see the same,
 * displaced).
 *
 * Levels between the two pass the tensor by: their spatial loops multiply the children, their temporal loops stand
 * around the child tile. `child` is one past the innermost level for MAC units.
 */
export function boundary(
  tensor: Tensor,
  loops: readonly StepLoop[],
  parent: number,
  child: number,
  levelCount: number,
): Boundary {
  const pitch = pointCodes(tensor, loops);
  const move = (loop: StepLoop) => {
    let distance = 0;
    tensor.ranks.forEach((rank, r) => {
      for (const [dim, coefficient] of rank) if (dim === loop.dim) distance += coefficient * loop.stride * pitch[r]!;
    });
    return distance;
  };
  let children = [0];
  for (const loop of loops) {
    if (loop.kind === "temporal" || loop.level < parent || loop.level >= child) continue;
    children = children.flatMap((offset) => Array.from({ length: loop.factor }, (_, i) => offset + i * move(loop)));
  }
  return {
    temporal: loops
      .filter((loop) => loop.kind === "temporal" && loop.level < child)
      .map((loop) => ({ factor: loop.factor, move: move(loop) })),
    children,
    tile: tilePoints(
      tensor,
      loops.filter((loop) => loop.level >= child),
      pitch,
    ),
    childIsMac: child === levelCount,
  };
}

/**
 * Words of every rank of the tile that some loops touch, the innermost ones: the box around it, strided gaps included.
 */
function tileExtents(tensor: Tensor, loops: readonly StepLoop[]): number[] {
  return tensor.ranks.map((rank) => {
    let last = 0;
    for (const [dim, coefficient] of rank) {
      for (const loop of loops) if (loop.dim === dim) last += coefficient * loop.stride * (loop.factor - 1);
    }
    return last + 1;
  });
}

/** Words of that tile. */
export function tileWords(tensor: Tensor, loops: readonly StepLoop[]): number {
  return tileExtents(tensor, loops).reduce((words, extent) => words * extent, 1);
}

/** Weight of every rank in a point's number: wide enough that differences of two points are unique too. */
function pointCodes(tensor: Tensor, loops: readonly StepLoop[]): number[] {
  let radix = 1;
  return tileExtents(tensor, loops).map((extent) => {
    const pitch = radix;
    radix *= 2 * extent - 1;
    return pitch;
  });
}

function tilePoints(tensor: Tensor, loops: readonly StepLoop[], pitch: readonly number[]): number[] {
  let points = [0];
  tileExtents(tensor, loops).forEach((extent, r) => {
    points = points.flatMap((point) => Array.from({ length: extent }, (_, i) => point + i * pitch[r]!));
  });
  return points.sort((a, b) => a - b);
}
