import { broadcast, broadcastIndex, rearranged } from "../graph/elements.js";
import type { Rule } from "../graph/outcome.js";
import { plus, type Size, times, words } from "../graph/value.js";
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
  const rank = inputs[0]!.shape!.length;
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
  const resized = shape!.map((size, axis) => {
    const i = axes.indexOf(axis);
    if (i < 0) return size;
    if (hasSizes) return sizes[i]!;
    const scale = scales?.[i] ?? null;
    // Scales are single-precision numbers: 2/3 of 3 is to be 2, not 1.
    return size === null || scale === null ? null : Math.floor(size * scale + 1e-5 * scale);
  });
  return { kind: "movement", outputs: [operation.output(resized)] };
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

/** Bilinear samples at given places: four words are read for each. */
const gridSample: Rule = (operation) => {
  const [n, c] = operation.input(0).shape!;
  const { shape: grid } = operation.input(1);
  const output = operation.output([n!, c!, ...grid!.slice(1, -1)]);
  const samples = times(words(output.shape), 4);
  return { kind: "movement", outputs: [output], wordsRead: plus(samples, words(grid)) };
};

/** Averages over regions: of each output word `sampling_ratio`^2 samples of four words are read (one sample if it adapts). */
const roiAlign: Rule = (operation) => {
  const [, channels] = operation.input(0).shape!;
  const [regions] = operation.input(1).shape!;
  const sizes = [operation.int("output_height", 1), operation.int("output_width", 1)];
  const output = operation.output([regions!, channels!, ...sizes]);
  const samples = 4 * Math.max(1, operation.int("sampling_ratio", 0)) ** 2;
  return { kind: "movement", outputs: [output], wordsRead: times(words(output.shape), samples) };
};

export const copyRules: ReadonlyMap<string, Rule> = new Map([
  ["Transpose", transpose],
  ["Concat", concat],
  ["Expand", expand],
  ["Tile", tile],
  ["Pad", pad],
  ["Resize", resize],
  ["Upsample", resize],
  ["DepthToSpace", depthToSpace],
  ["SpaceToDepth", spaceToDepth],
  ["GridSample", gridSample],
  ["RoiAlign", roiAlign],
]);
