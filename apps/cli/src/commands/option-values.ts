import { similarNames } from "@loopnest/mapspace";
import { InvalidArgumentError } from "commander";

/** Reads an option's value as a whole number of at least `least`. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== "" && Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(
      `give a whole number${least > Number.MIN_SAFE_INTEGER ? ` of at least ${least}` : ""}`,
    );
  };
}

/** Reads an option's value as a number above 0. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError("give a number above 0");
}

/** Reads an option's value as one of some names. */
export function oneOf<T extends string>(names: readonly T[]): (text: string) => T {
  return (text) => {
    const found = names.find((name) => name === text);
    if (found !== undefined) return found;
    const similar = similarNames(text, names);
    throw new InvalidArgumentError(
      similar.length > 0 ? `did you mean ${similar.join(" or ")}?` : `choose one of ${names.join(", ")}`,
    );
  };
}

/** Gathers the values of an option that may be given again and again. */
export function gathered(text: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, text];
}
