import type { Outcome } from "../../operation/outcome.js";
import { plus, type Size, type Value, words } from "../../values/value.js";

/** Parts of an input, copied: what is not taken is not read. */
export function selected(outputs: readonly Value[], indexWords: Size = 0): Outcome {
  const taken = outputs.reduce<Size>((sum, { shape }) => plus(sum, words(shape)), 0);
  return { kind: "movement", outputs, wordsRead: plus(taken, indexWords) };
}
