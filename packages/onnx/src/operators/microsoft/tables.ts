import type { Rule } from "../../operation/rule.js";
import { plus, times, words } from "../../values/value.js";
import { selected } from "../kinds/selected.js";

/** Rows of a table whose words have few bits: two of them may stand in a byte, which the number of scales tells. */
export const GatherBlockQuantized: Rule = (operation) => {
  const { shape } = operation.input(0);
  const { shape: picks } = operation.input(1);
  const axis = operation.axis(operation.int("gather_axis", 0), shape!.length);
  const width = times(operation.input(2).shape!.at(-1)!, operation.int("block_size", 128));
  const isPacked = width !== null && width === times(shape!.at(-1)!, 2);
  const sizes = isPacked ? [...shape!.slice(0, -1), width] : shape!;
  return selected([operation.output([...sizes.slice(0, axis), ...picks!, ...sizes.slice(axis + 1)])], words(picks));
};

/** Rows of the tables of words, positions and segments, added and normalised. */
export const EmbedLayerNormalization: Rule = (operation) => {
  const { shape: ids } = operation.input(0);
  const hidden = operation.input(2).shape!.at(-1)!;
  const sum = [...ids!, hidden];
  const shapes = [sum, [ids![0]!], sum];
  const outputs = operation.node.outputs.map((_, i) => operation.output(shapes[i] ?? null));
  const tables = operation.optional(4) === null ? 2 : 3;
  return { kind: "movement", outputs, wordsRead: plus(times(words(sum), tables), words(ids)) };
};
