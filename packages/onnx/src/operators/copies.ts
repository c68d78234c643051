import { broadcast, broadcastIndex, rearranged } from "../graph/elements.js";
import type { Operation } from "../graph/operation.js";
import type { Rule } from "../graph/outcome.js";
import { plus, type Size, times } from "../graph/value.js";
import { MOST_VALUES } from "../model/read-tensor.js";
import { shapeIn } from "./constants.js";

const transpose: Rule = (operation) => {
  const input = operation.input(0);
  const { shape } = input;
  const order = operation.ints("perm") ?? shape!.map((_, axis) => shape!.length - 1 - axis);
  const sizes = order.map((axis) => shape![operation.axis(axis, shape!.length)]!);
  const data = rearranged(input, sizes, (index) => {
    const source: number[] = [];
    order.forEach((axis, i) => {
      source[axis] = index[i]!;
    });
    return source;
  });
  // Axes of 1 may change places without a word being moved.
  const moved = order.filter((axis) => shape![axis] !== 1);
  const isView = moved.every((axis, i) => i === 0 || axis > moved[i - 1]!);
  const { isInteger, storage } = input;
  const output = operation.output(sizes, { data, isInteger, ...(isView && { storage }) });
  return { kind: isView ? "view" : "movement", outputs: [output] };
};

const concat: Rule = (operation) => {
  const inputs = operation.inputs.filter((input) => input !== null);
  const rank = operation.input(0).shape!.length;
  const axis = operation.axis(operation.int("axis", 1), rank);
  const sizes = inputs[0]!.shape!.map((_, k) =>
    k === axis
      ? inputs.reduce<Size>((sum, input) => plus(sum, input.shape![k] ?? null), 0)
      : (inputs.map((input) => input.shape![k]).find((size) => typeof size === "number") ?? null),
  );
  const isList = rank === 1 && inputs.every(({ data }) => data !== null);
  const data = isList ? inputs.flatMap((input) => input.data!) : null;
  const isInteger = inputs.every((input) => input.isInteger);
  return {
    kind: "movement",
    outputs: [operation.output(sizes, { isInteger, data: data !== null && data.length <= MOST_VALUES ? data : null })],
  };
};

/** Scale and zero point of the result, then those of each part behind it. */
const quantizedConcat: Rule = (operation) => {
  const parts = operation.inputs.filter((_, i) => i % 3 === 2).map((input) => input!.shape!);
  const axis = operation.axis(operation.int("axis", 0), parts[0]!.length);
  const sizes = parts[0]!.map((own, k) =>
    k === axis ? parts.reduce<Size>((sum, part) => plus(sum, part[k]!), 0) : own,
  );
  return { kind: "movement", outputs: [operation.output(sizes, { isInteger: true })] };
};

const expand: Rule = (operation) => {
  const input = operation.input(0);
  const sizes = broadcast(operation, [input.shape, shapeIn(operation, 1)]);
  const data = rearranged(input, sizes, (index) => broadcastIndex(index, input.shape!));
  return { kind: "movement", outputs: [operation.output(sizes, { data, isInteger: input.isInteger })] };
};

const tile: Rule = (operation) => {
  const input = operation.input(0);
  const repeats = operation.integers(1, "repeats");
  const sizes = input.shape!.map((size, axis) => times(size, repeats?.[axis] ?? null));
  const data = rearranged(input, sizes, (index) =>
    index.map((position, axis) => position % (input.shape![axis] as number)),
  );
  return { kind: "movement", outputs: [operation.output(sizes, { data, isInteger: input.isInteger })] };
};

const pad: Rule = (operation) => {
  const input = operation.input(0);
  const shape = input.shape!;
  const pads = operation.integers(1, "pads") ?? operation.ints("paddings");
  const axes = operation.optional(3)?.data ?? shape.map((_, axis) => axis);
  const before: Size[] = shape.map(() => 0);
  const after: Size[] = shape.map(() => 0);
  axes.forEach((given, i) => {
    const axis = operation.axis(given ?? 0, shape.length);
    before[axis] = pads?.[i] ?? null;
    after[axis] = pads?.[i + axes.length] ?? null;
  });
  const sizes = shape.map((size, axis) => plus(size, plus(before[axis]!, after[axis]!)));
  const fill = operation.optional(2)?.data?.[0] ?? 0;
  const inside = (position: number, axis: number) => position >= 0 && position < (shape[axis] as number);
  const data =
    operation.text("mode", "constant") === "constant"
      ? rearranged(
          input,
          sizes,
          (index) => {
            const source = index.map((position, axis) => position - before[axis]!);
            return source.every(inside) ? source : null;
          },
          fill,
        )
      : null;
  return { kind: "movement", outputs: [operation.output(sizes, { data, isInteger: input.isInteger })] };
};

/** `Resize` and `Upsample`: to given sizes, or by given scales. */
const resize: Rule = (operation) => {
  const { shape } = operation.input(0);
  const isUpsample = operation.node.operator === "Upsample";
  const [scalesAt, sizesAt] = isUpsample ? [1, -1] : operation.inputs.length === 2 ? [1, -1] : [2, 3];
  const scales = operation.integers(scalesAt, "scales") ?? operation.floats("scales");
  const sizes = sizesAt < 0 ? null : operation.integers(sizesAt, "sizes");
  const axes = operation.ints("axes")?.map((axis) => operation.axis(axis, shape!.length)) ?? shape!.map((_, k) => k);
  const hasSizes = sizes !== null && sizes.length > 0;
  const kept = hasSizes
    ? keptAspect(
        operation,
        axes.map((axis) => shape![axis]!),
        sizes,
      )
    : null;
  const resized = shape!.map((size, axis) => {
    const i = axes.indexOf(axis);
    if (i < 0) return size;
    if (kept !== null) return kept[i]!;
    const scale = scales?.[i] ?? null;
    // Scales are single-precision numbers: 2/3 of 3 is to be 2, not 1.
    return size === null || scale === null ? null : Math.floor(size * scale + 1e-5 * scale);
  });
  return { kind: "movement", outputs: [operation.output(resized)] };
};

/** Given sizes, all scaled alike if the model asks for it: by the smallest scale, so that none is exceeded, or by the largest. */
function keptAspect(operation: Operation, from: readonly Size[], sizes: readonly Size[]): readonly Size[] {
  const policy = operation.text("keep_aspect_ratio_policy", "stretch");
  if (policy === "stretch") return sizes;
  if (from.includes(null) || sizes.includes(null)) return sizes.map(() => null);
  const scales = sizes.map((size, i) => size! / from[i]!);
  const scale = policy === "not_larger" ? Math.min(...scales) : Math.max(...scales);
  return from.map((size) => Math.round(size! * scale));
}

/** Cut or padded to given sizes, the centre in its place. */
const centerCropPad: Rule = (operation) => {
  const { shape } = operation.input(0);
  const axes =
    operation.ints("axes")?.map((axis) => operation.axis(axis, shape!.length)) ?? shape!.map((_, axis) => axis);
  const wanted = shapeIn(operation, 1);
  const sizes = shape!.map((size, axis) => (axes.includes(axis) ? (wanted?.[axes.indexOf(axis)] ?? null) : size));
  return { kind: "movement", outputs: [operation.output(sizes)] };
};

const depthToSpace: Rule = (operation) => {
  const [n, c, h, w] = operation.input(0).shape!;
  const block = operation.int("blocksize", 1);
  const channels = c == null ? null : c / block ** 2;
  return { kind: "movement", outputs: [operation.output([n!, channels, times(h!, block), times(w!, block)])] };
};

const spaceToDepth: Rule = (operation) => {
  const [n, c, h, w] = operation.input(0).shape!;
  const block = operation.int("blocksize", 1);
  const part = (size: Size) => (size === null ? null : Math.floor(size / block));
  return { kind: "movement", outputs: [operation.output([n!, times(c!, block ** 2), part(h!), part(w!)])] };
};

export const copyRules: ReadonlyMap<string, Rule> = new Map([
  ["Transpose", transpose],
  ["Concat", concat],
  ["com.microsoft.QLinearConcat", quantizedConcat],
  ["Expand", expand],
  ["Tile", tile],
  ["Pad", pad],
  ["Resize", resize],
  ["Upsample", resize],
  ["DepthToSpace", depthToSpace],
  ["SpaceToDepth", spaceToDepth],
  ["CenterCropPad", centerCropPad],
]);
