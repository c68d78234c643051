import type { Path, Step, StoreStep } from "../tree/path.js";
import { footprint, type Projection } from "../tree/projection.js";

/** What a store node takes of its memory. */
export interface Reservation {
  readonly tensor: string;
  readonly memory: number;
  /** Whether the node is its tensor's outermost one. */
  readonly isHome: boolean;
  /** Loops above the place where it is taken; -1 for what is held for the whole run. */
  readonly depth: number;
  readonly words: number;
}

/**
 * Reservations of an Einsum, in the order of its nodes. A home takes its tile where it stands. Any other node is
 * lowered through the loops that follow it directly: while they move its tile, a smaller one does. Lowering ends below
 * the first loop that slides a window, and above a loop that leaves the tile in place, another node, a mesh that is not
 * the memory's own, or the compute unit.
 */
export function reservationsOf(path: Path): Reservation[] {
  const seen = new Set<string>();
  return path.steps.flatMap((step, at) => {
    if (step.kind !== "store") return [];
    const isHome = !seen.has(step.tensor);
    seen.add(step.tensor);
    const projection = path.tensors.find((own) => own.tensor === step.tensor)!;
    const place = isHome ? at : lowered(path, step, at, projection);
    const extents = path.steps[place]?.extents ?? path.inside;
    return {
      tensor: step.tensor,
      memory: step.level,
      isHome,
      depth: step.persistent ? -1 : loopsAbove(path.steps, place),
      words: footprint(projection, extents),
    };
  });
}

function lowered({ steps }: Path, store: StoreStep, at: number, projection: Projection): number {
  let place = at + 1;
  for (let step = steps[place]; step?.kind === "loop"; step = steps[place]) {
    if (step.meshLevel !== undefined) {
      if (step.meshLevel !== store.level) break;
    } else if (!projection.relevant.has(step.rank)) break;
    place++;
    if (projection.windowed.has(step.rank)) break;
  }
  return place;
}

function loopsAbove(steps: readonly Step[], at: number): number {
  return steps.slice(0, at).filter((step) => step.kind === "loop").length;
}
