import { flat, indices, rearranged } from "../graph/elements.js";
import type { Operation } from "../graph/operation.js";
import type { Outcome, Rule } from "../graph/outcome.js";
import { plus, type Shape, type Size, times, type Value, words } from "../graph/value.js";

/** Parts of an input, copied: what is not taken is not read. */
function selected(outputs: readonly Value[], indexWords: Size = 0): Outcome {
  const taken = outputs.reduce<Size>((sum, { shape }) => plus(sum, words(shape)), 0);
  return { kind: "movement", outputs, wordsRead: plus(taken, indexWords) };
}

/** Where a slice begins and how much it takes of one axis. */
interface Cut {
  readonly start: number;
  readonly step: number;
  readonly size: Size;
}

const slice: Rule = (operation) => {
  const input = operation.input(0);
  const shape = input.shape!;
  const starts = operation.integers(1, "starts");
  const ends = operation.integers(2, "ends");
  const axes = operation.integers(3, "axes") ?? starts?.map((_, i) => i) ?? null;
  const steps = operation.integers(4, "steps");
  if (axes === null || axes.includes(null) || starts === null || ends === null) {
    return selected([operation.output(axes === null ? shape.map(() => null) : without(operation, axes))]);
  }
  const cuts: (Cut | null)[] = shape.map(() => null);
  axes.forEach((given, i) => {
    const axis = operation.axis(given!, shape.length);
    cuts[axis] = cut(shape[axis]!, starts[i] ?? null, ends[i] ?? null, steps?.[i] ?? 1);
  });
  const sizes = shape.map((size, axis) => cuts[axis]?.size ?? (cuts[axis] === null ? size : null));
  const data = rearranged(input, sizes, (index) =>
    index.map((position, axis) => (cuts[axis]?.start ?? 0) + position * (cuts[axis]?.step ?? 1)),
  );
  return selected([operation.output(sizes, { data, isInteger: input.isInteger })]);
};

/** The shape with the sizes along some axes not known. */
function without(operation: Operation, axes: readonly Size[]): Shape {
  const { shape } = operation.input(0);
  const open = axes.map((axis) => (axis === null ? -1 : operation.axis(axis, shape!.length)));
  return shape!.map((size, axis) => (open.includes(axis) || open.includes(-1) ? null : size));
}

/** Negative positions count from the end; those outside are moved to it, the end of a cut backwards to the place before the first. */
function cut(size: Size, start: Size, end: Size, step: number): Cut {
  if (size === null || start === null || end === null) {
    // The whole axis, whatever its size is.
    const isWhole = start === 0 && step === 1 && end !== null && end > 2 ** 30;
    return { start: 0, step, size: isWhole ? size : null };
  }
  const high = step > 0 ? size : size - 1;
  const clamp = (position: number, low: number) =>
    Math.min(Math.max(position < 0 ? position + size : position, low), high);
  const from = clamp(start, 0);
  return { start: from, step, size: Math.max(0, Math.ceil((clamp(end, step > 0 ? 0 : -1) - from) / step)) };
}

const split: Rule = (operation) => {
  const input = operation.input(0);
  const shape = input.shape!;
  const axis = operation.axis(operation.int("axis", 0), shape.length);
  const parts = operation.int("num_outputs", operation.outputCount);
  const size = shape[axis]!;
  const each = size === null ? null : Math.ceil(size / parts);
  const given = operation.integers(1, "split");
  const outputs = operation.node.outputs.map((_, i) => {
    const last = each === null || size === null ? null : Math.min(each, size - i * each);
    const own = given === null ? (operation.optional(1) === null ? last : null) : given[i]!;
    const begin = given?.slice(0, i).reduce<Size>(plus, 0) ?? (each === null ? null : i * each);
    const sizes = shape.map((other, k) => (k === axis ? own : other));
    const data =
      begin === null
        ? null
        : rearranged(input, sizes, (index) => index.map((position, k) => (k === axis ? position + begin : position)));
    return operation.output(sizes, { data, isInteger: input.isInteger });
  });
  return selected(outputs);
};

/** Rows of a table by their numbers, as for embeddings. */
const gather: Rule = (operation) => {
  const input = operation.input(0);
  const picks = operation.input(1);
  const axis = operation.axis(operation.int("axis", 0), input.shape!.length);
  const rank = picks.shape!.length;
  const shape = [...input.shape!.slice(0, axis), ...picks.shape!, ...input.shape!.slice(axis + 1)];
  const size = input.shape![axis]!;
  const known = picks.data !== null && !picks.data.includes(null) && size !== null;
  const data = known
    ? rearranged(input, shape, (index) => {
        const pick = picks.data![flat(index.slice(axis, axis + rank), picks.shape as readonly number[])]!;
        return [...index.slice(0, axis), pick < 0 ? pick + size : pick, ...index.slice(axis + rank)];
      })
    : null;
  // A size that is known may be taken out of sizes that are not.
  const output = operation.output(shape, { data, isInteger: input.isInteger });
  return selected([output], words(picks.shape));
};

/** Rows of a table whose words have few bits: two of them may stand in a byte, which the number of scales tells. */
const gatherQuantized: Rule = (operation) => {
  const { shape } = operation.input(0);
  const { shape: picks } = operation.input(1);
  const axis = operation.axis(operation.int("gather_axis", 0), shape!.length);
  const width = times(operation.input(2).shape!.at(-1)!, operation.int("block_size", 128));
  const isPacked = width !== null && width === times(shape!.at(-1)!, 2);
  const sizes = isPacked ? [...shape!.slice(0, -1), width] : shape!;
  return selected([operation.output([...sizes.slice(0, axis), ...picks!, ...sizes.slice(axis + 1)])], words(picks));
};

/** Rows of the tables of words, positions and segments, added and normalised. */
const embedded: Rule = (operation) => {
  const { shape: ids } = operation.input(0);
  const hidden = operation.input(2).shape!.at(-1)!;
  const sum = [...ids!, hidden];
  const shapes = [sum, [ids![0]!], sum];
  const outputs = operation.node.outputs.map((_, i) => operation.output(shapes[i] ?? null));
  const tables = operation.optional(4) === null ? 2 : 3;
  return { kind: "movement", outputs, wordsRead: plus(times(words(sum), tables), words(ids)) };
};

const gatherElements: Rule = (operation) => {
  const { isInteger } = operation.input(0);
  const { shape } = operation.input(1);
  return selected([operation.output(shape, { isInteger })], words(shape));
};

const gatherNd: Rule = (operation) => {
  const input = operation.input(0);
  const { shape: picks } = operation.input(1);
  const batch = operation.int("batch_dims", 0);
  const depth = picks!.at(-1) ?? null;
  const shape = depth === null ? null : [...picks!.slice(0, -1), ...input.shape!.slice(batch + depth)];
  return selected([operation.output(shape, { isInteger: input.isInteger })], words(picks));
};

/** A copy of input 0 with other words in some places. */
const scatter: Rule = (operation) => {
  const { shape, isInteger } = operation.input(0);
  return { kind: "movement", outputs: [operation.output(shape, { isInteger, data: scattered(operation) })] };
};

/** Sizes are put together by scattering, too (`ScatterND` along the first axis). */
function scattered(operation: Operation): readonly Size[] | null {
  const { data, shape } = operation.input(0);
  const picks = operation.input(1);
  const updates = operation.input(2).data;
  const isList = shape!.length === 1 && picks.shape!.length === 2 && picks.shape![1] === 1;
  if (operation.node.operator !== "ScatterND" || !isList || data === null || picks.data === null || updates === null)
    return null;
  const result = [...data];
  for (const [i] of indices([picks.data.length])) {
    const place = picks.data[i!];
    if (place == null) return null;
    result[place < 0 ? place + result.length : place] = updates[i!]!;
  }
  return result;
}

export const selectionRules: ReadonlyMap<string, Rule> = new Map([
  ["Slice", slice],
  ["Split", split],
  ["Gather", gather],
  ["com.microsoft.GatherBlockQuantized", gatherQuantized],
  ["com.microsoft.EmbedLayerNormalization", embedded],
  ["GatherElements", gatherElements],
  ["GatherND", gatherNd],
  ["ScatterND", scatter],
  ["ScatterElements", scatter],
  ["Scatter", scatter],
]);
