import type { Mapping, Problem, Tensor } from "@loopnest/mapspace";

/** Words read, updated and filled, by entry of the mapping. */
export interface WalkedCounts {
  readonly reads: number[];
  readonly updates: number[];
  readonly fills: number[];
  /** Words of the tiles of every entry, together. */
  readonly tiles: number[];
  readonly macs: number;
}

/**
 * Walks a nest without spatial loops step by step, with explicit buffers: a tile that a node does not hold is fetched,
 * one that it holds is not; sums go back when their tile leaves, and are read again when they return.
 *
 * @param split Entry of the mapping whose loops and everything inside run in turn with other layers: where a loop
 * outside of it goes on, what is held inside is lost, sums written back.
 */
export function walkLayer(problem: Problem, mapping: Mapping, split: number | null): WalkedCounts {
  const zeros = () => mapping.map(() => 0);
  const counts = { reads: zeros(), updates: zeros(), fills: zeros(), tiles: zeros() };
  const loops = mapping.flatMap(({ temporal }, entry) => temporal.map(([dim, trips]) => ({ entry, dim, trips })));
  const strides = loops.map(({ dim }, i) =>
    loops.slice(i + 1).reduce((stride, loop) => (loop.dim === dim ? stride * loop.trips : stride), 1),
  );
  const at = loops.map(() => 0);
  const points = (tensor: Tensor, entry: number): string[] => {
    const ranges = tensor.ranks.map((rank) => {
      let first = 0;
      let extent = 1;
      for (const [dim, coefficient] of rank) {
        loops.forEach((loop, i) => {
          if (loop.dim !== dim) return;
          if (loop.entry < entry) first += coefficient * strides[i]! * at[i]!;
          else extent += coefficient * strides[i]! * (loop.trips - 1);
        });
      }
      return Array.from({ length: extent }, (_, k) => first + k);
    });
    return ranges.reduce<string[]>((all, range) => all.flatMap((p) => range.map((k) => `${p},${k}`)), [""]);
  };
  const tensors = problem.tensors.map((tensor) => {
    const entries = mapping.flatMap(({ keeps }, entry) => (keeps.includes(tensor.name) ? [entry] : []));
    for (const entry of entries) counts.tiles[entry]! += points(tensor, entry).length;
    return {
      tensor,
      entries,
      held: entries.map((): string[] | null => null),
      seen: entries.map(() => new Set<string>()),
    };
  });
  type Walked = (typeof tensors)[number];
  /** What node k lets go of goes to the next one outside. */
  const evict = ({ tensor, entries, held }: Walked, k: number) => {
    if (tensor.role === "output" && held[k] !== null && k > 0) counts.updates[entries[k - 1]!]! += held[k]!.length;
    held[k] = null;
  };
  const load = (walked: Walked, k: number) => {
    const { tensor, entries, held, seen } = walked;
    const wanted = points(tensor, entries[k]!);
    if (held[k] !== null && wanted.every((point, i) => point === held[k]![i])) return;
    for (let inner = entries.length - 1; inner >= k; inner--) evict(walked, inner);
    held[k] = wanted;
    if (k === 0) return;
    const known = tensor.role === "input" ? wanted : wanted.filter((point) => seen[k]!.has(point));
    for (const point of wanted) seen[k]!.add(point);
    counts.reads[entries[k - 1]!]! += known.length;
    counts.fills[entries[k]!]! += known.length;
  };
  let macs = 0;
  const steps = loops.reduce((product, { trips }) => product * trips, 1);
  const sums = new Set<string>();
  for (let step = 0; step < steps; step++) {
    let rest = step;
    for (let i = loops.length - 1; i >= 0; i--) {
      at[i] = rest % loops[i]!.trips;
      rest = Math.floor(rest / loops[i]!.trips);
    }
    const inside = loops.reduce((n, { entry, trips }) => (split !== null && entry >= split ? n * trips : n), 1);
    if (split !== null && step > 0 && step % inside === 0) {
      for (const walked of tensors) {
        for (let k = walked.entries.length - 1; k >= 0; k--) if (walked.entries[k]! >= split) evict(walked, k);
      }
    }
    macs++;
    for (const walked of tensors) {
      for (let k = 0; k < walked.entries.length; k++) load(walked, k);
      const innermost = walked.entries.at(-1)!;
      if (walked.tensor.role === "input") counts.reads[innermost]!++;
      else {
        const [point] = points(walked.tensor, mapping.length);
        if (sums.has(point!)) counts.reads[innermost]!++;
        sums.add(point!);
        counts.updates[innermost]!++;
      }
    }
  }
  for (const walked of tensors) for (let k = walked.entries.length - 1; k > 0; k--) evict(walked, k);
  return { ...counts, macs };
}
