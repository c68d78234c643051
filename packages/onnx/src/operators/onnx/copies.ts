import { MOST_VALUES } from "../../model/read-tensor.js";
import { broadcast } from "../../operation/broadcast.js";
import type { Rule } from "../../operation/rule.js";
import { broadcastIndex, rearranged } from "../../values/elements.js";
import { plus, type Size, times } from "../../values/value.js";

export const Transpose: Rule = (operation) => {
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

export const Concat: Rule = (operation) => {
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

export const Expand: Rule = (operation) => {
  const input = operation.input(0);
  const sizes = broadcast(operation, [input.shape, operation.shapeIn(1)]);
  const data = rearranged(input, sizes, (index) => broadcastIndex(index, input.shape!));
  return { kind: "movement", outputs: [operation.output(sizes, { data, isInteger: input.isInteger })] };
};

export const Tile: Rule = (operation) => {
  const input = operation.input(0);
  const repeats = operation.integers(1, "repeats");
  const sizes = input.shape!.map((size, axis) => times(size, repeats?.[axis] ?? null));
  const data = rearranged(input, sizes, (index) =>
    index.map((position, axis) => position % (input.shape![axis] as number)),
  );
  return { kind: "movement", outputs: [operation.output(sizes, { data, isInteger: input.isInteger })] };
};

export const Pad: Rule = (operation) => {
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

/** Cut or padded to given sizes, the centre in its place. */
export const CenterCropPad: Rule = (operation) => {
  const { shape } = operation.input(0);
  const axes =
    operation.ints("axes")?.map((axis) => operation.axis(axis, shape!.length)) ?? shape!.map((_, axis) => axis);
  const wanted = operation.shapeIn(1);
  const sizes = shape!.map((size, axis) => (axes.includes(axis) ? (wanted?.[axes.indexOf(axis)] ?? null) : size));
  return { kind: "movement", outputs: [operation.output(sizes)] };
};

export const DepthToSpace: Rule = (operation) => {
  const [n, c, h, w] = operation.input(0).shape!;
  const block = operation.int("blocksize", 1);
  const channels = c == null ? null : c / block ** 2;
  return { kind: "movement", outputs: [operation.output([n!, channels, times(h!, block), times(w!, block)])] };
};

export const SpaceToDepth: Rule = (operation) => {
  const [n, c, h, w] = operation.input(0).shape!;
  const block = operation.int("blocksize", 1);
  const part = (size: Size) => (size === null ? null : Math.floor(size / block));
  return { kind: "movement", outputs: [operation.output([n!, times(c!, block ** 2), part(h!), part(w!)])] };
};
