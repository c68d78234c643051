import type { LoopStep, Path, Step } from "../tree/path.js";
import { footprint, type Projection } from "../tree/projection.js";

/** Words that all instances of a level read out and take in of a tensor. */
export interface Action {
  readonly level: number;
  readonly tensor: string;
  reads: number;
  writes: number;
}

/** Actions of one Einsum, and its multiply-accumulates. */
export interface EinsumActions {
  readonly actions: readonly Action[];
  readonly computes: number;
}

/**
 * What an Einsum moves. The position of a store node is its reuse: a node that is not its tensor's outermost one is
 * filled with the footprint of its tile in every iteration of every loop above it, whether the loop moves the tile or
 * not.
 *
 * - Inputs: the next outer node reads, the node writes that many words.
 * - Outputs: the node reads and the next outer node writes that many words, and what comes back, all but the first
 *   visit of every tile by every instance (footprint x trips of the relevant and of all mesh loops above), is read
 *   there and written here.
 * - The compute units read one word of every input from its innermost node, and write one of the output, an operation.
 *
 * Mesh loops over a rank that the tensor lacks share one access of the outer node (multicast, spatial reduction).
 */
export function countActions(path: Path): EinsumActions {
  const { einsum, tensors, steps, inside } = path;
  const computes = tripsOf(loopsIn(steps)) * [...inside.values()].reduce((product, extent) => product * extent, 1);
  const actions = tensors.flatMap((projection) => {
    const isOutput = projection.tensor === einsum.output.tensor;
    const places = steps.flatMap((step, at) =>
      step.kind === "store" && step.tensor === projection.tensor ? [{ step, at }] : [],
    );
    const counted: Action[] = places.map(({ step }) => ({
      level: step.level,
      tensor: projection.tensor,
      reads: 0,
      writes: 0,
    }));
    for (let i = 1; i <= places.length; i++) {
      const at = places[i]?.at ?? steps.length;
      const above = loopsIn(steps.slice(0, at));
      const visited = above.filter((loop) => loop.meshLevel !== undefined || projection.relevant.has(loop.rank));
      const words = i < places.length ? footprint(projection, places[i]!.step.extents) : 1;
      const between = loopsIn(steps.slice(places[i - 1]!.at, at));
      const shared = tripsOf(between.filter((loop) => isMulticast(loop, projection)));
      const moved = i < places.length ? words * tripsFor(projection, above, tensors) : computes;
      const outer = counted[i - 1]!;
      const inner = counted[i];
      if (!isOutput) {
        outer.reads += moved / shared;
        if (inner !== undefined) inner.writes += moved;
        continue;
      }
      const first = i < places.length ? words * tripsOf(visited) : footprint(projection, inside) * tripsOf(visited);
      outer.writes += moved / shared;
      outer.reads += (moved - first) / shared;
      if (inner !== undefined) {
        inner.reads += moved;
        inner.writes += moved - first;
      }
    }
    return counted;
  });
  return { actions, computes };
}

function loopsIn(steps: readonly Step[]): LoopStep[] {
  return steps.filter((step) => step.kind === "loop");
}

function tripsOf(loops: readonly LoopStep[]): number {
  return loops.reduce((product, loop) => product * loop.trips, 1);
}

function isMulticast(loop: LoopStep, projection: Projection): boolean {
  return loop.meshLevel !== undefined && !projection.relevant.has(loop.rank);
}

/**
 * Trips of all loops around a tile of a tensor. A shared window loop may go round a fraction of times; for a tensor
 * without its rank it goes round a whole number of times, if that rank stands alone in all tensors that have it.
 */
function tripsFor(projection: Projection, loops: readonly LoopStep[], tensors: readonly Projection[]): number {
  return loops.reduce((product, { rank, trips }) => {
    const alone = !projection.relevant.has(rank) && tensors.every((other) => !other.windowed.has(rank));
    return product * (alone ? Math.ceil(trips) : trips);
  }, 1);
}
