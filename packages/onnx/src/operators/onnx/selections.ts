import type { Rule } from "../../operation/rule.js";
import { flat, rearranged } from "../../values/elements.js";
import { plus, type Size, words } from "../../values/value.js";
import { selected } from "../kinds/selected.js";

export const Split: Rule = (operation) => {
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
export const Gather: Rule = (operation) => {
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

export const GatherElements: Rule = (operation) => {
  const { isInteger } = operation.input(0);
  const { shape } = operation.input(1);
  return selected([operation.output(shape, { isInteger })], words(shape));
};

export const GatherND: Rule = (operation) => {
  const input = operation.input(0);
  const { shape: picks } = operation.input(1);
  const batch = operation.int("batch_dims", 0);
  const depth = picks!.at(-1) ?? null;
  const shape = depth === null ? null : [...picks!.slice(0, -1), ...input.shape!.slice(batch + depth)];
  return selected([operation.output(shape, { isInteger: input.isInteger })], words(picks));
};
