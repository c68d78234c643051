import type { Operation } from "../../operation/operation.js";
import type { Rule } from "../../operation/rule.js";
import { integersOf, plus, type Shape, type Size, sequenceOf, type Value, wordsOf } from "../../values/value.js";

/** Parts of a value, copied: of given sizes, or of one each if nothing is given. */
export const SplitToSequence: Rule = (operation) => {
  const { shape, unknown, isInteger } = operation.input(0);
  if (shape === null) return operation.unsized(unknown ?? open(operation));
  const axis = operation.axis(operation.int("axis", 0), shape.length);
  const sizes = partSizes(operation, shape[axis]!);
  if (sizes === null) return operation.unsized(open(operation));
  const keeps = operation.optional(1) !== null || operation.int("keepdims", 1) === 1;
  const part = (own: Size): Shape =>
    keeps ? shape.map((size, k) => (k === axis ? own : size)) : shape.filter((_, k) => k !== axis);
  const items = sizes.map((own) => operation.output(part(own), { isInteger, unknown }));
  return { kind: "movement", outputs: [sequenceOf(items)] };
};

const MOST_PARTS = 100_000;

function partSizes(operation: Operation, size: Size): readonly Size[] | null {
  const split = operation.optional(1);
  if (split === null || split.shape?.length === 0) {
    const each = split === null ? 1 : (split.data?.[0] ?? null);
    if (size === null || each === null) return null;
    if (each < 1 || size / each > MOST_PARTS) {
      return operation.fail(`${size} words in parts of ${each}`, "check the sizes given for the inputs");
    }
    return Array.from({ length: Math.ceil(size / each) }, (_, i) => Math.min(each, size - i * each));
  }
  return split.data;
}

export const SequenceEmpty: Rule = () => ({ kind: "view", outputs: [sequenceOf([])] });

/** Words stay where they are: the sequence only names them. */
export const SequenceConstruct: Rule = (operation) => ({
  kind: "view",
  outputs: [sequenceOf(operation.inputs.filter((input) => input !== null))],
});

export const SequenceInsert: Rule = (operation) => {
  const { items } = operation.input(0);
  if (items === null) return operation.unsized(open(operation));
  const place = operation.optional(2) === null ? items.length : position(operation, 2, items.length + 1);
  if (place === null) return operation.unsized(open(operation));
  return { kind: "view", outputs: [sequenceOf([...items.slice(0, place), operation.input(1), ...items.slice(place)])] };
};

export const SequenceErase: Rule = (operation) => {
  const { items } = operation.input(0);
  const place =
    items === null ? null : operation.optional(1) === null ? items.length - 1 : position(operation, 1, items.length);
  if (items === null || place === null) return operation.unsized(open(operation));
  return { kind: "view", outputs: [sequenceOf(items.filter((_, i) => i !== place))] };
};

/** One of the values; where the data decides which, any of them if all have one shape. */
export const SequenceAt: Rule = (operation) => {
  const { items } = operation.input(0);
  if (items === null) return operation.unsized(open(operation));
  const place = position(operation, 1, items.length);
  const item = items[place ?? 0];
  const isAny = place !== null || items.every(({ shape }) => JSON.stringify(shape) === JSON.stringify(item?.shape));
  return item !== undefined && isAny ? { kind: "view", outputs: [item] } : operation.unsized(open(operation));
};

export const SequenceLength: Rule = (operation) => {
  const { items } = operation.input(0);
  return { kind: "view", outputs: [integersOf([items?.length ?? null], [])] };
};

/** All values, copied into one: along an axis that they have, or along a new one. */
export const ConcatFromSequence: Rule = (operation) => {
  const { items } = operation.input(0);
  const shapes = items?.map(({ shape }) => shape) ?? [];
  const [first] = shapes;
  if (items === null || first == null || shapes.some((shape) => shape?.length !== first.length)) {
    return operation.unsized(items?.find(({ unknown }) => unknown !== null)?.unknown ?? open(operation));
  }
  const isNew = operation.int("new_axis", 0) === 1;
  const axis = operation.axis(operation.int("axis", 0), first.length + Number(isNew));
  const sum = shapes.reduce<Size>((total, shape) => plus(total, shape![axis] ?? null), 0);
  const sizes = isNew
    ? [...first.slice(0, axis), items.length, ...first.slice(axis)]
    : first.map((size, k) => (k === axis ? sum : size));
  const isInteger = items.every((item) => item.isInteger);
  return {
    kind: "movement",
    outputs: [operation.output(sizes, { isInteger })],
    wordsRead: wordsOf(operation.input(0)),
  };
};

/** A place in a sequence, counted from the front; null if the data decides it. */
function position(operation: Operation, index: number, length: number): number | null {
  const place = operation.input(index).data?.[0] ?? null;
  return place === null ? null : operation.axis(place, length);
}

function open(operation: Operation): NonNullable<Value["unknown"]> {
  const name = operation.node.outputs[0];
  return {
    problem: `what the sequence of ${operation.node.operator} (${operation.name}) holds depends on the data`,
    fix: `give the shape of what is taken of it: --dim '${name}[0]=1' and so on for every axis`,
  };
}
