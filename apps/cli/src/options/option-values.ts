import { type ElementBits, type Padding, similarNames } from "@loopnest/mapspace";
import { InvalidArgumentError } from "commander";
import { assignment } from "../input/assignment.js";

/** What an option takes, for documents that give it and for shells that complete it. */
export type ValueForm =
  | { readonly kind: "integer"; readonly least: number }
  | { readonly kind: "positive" }
  | { readonly kind: "notNegative" }
  | { readonly kind: "padding" }
  | { readonly kind: "share" }
  | { readonly kind: "bits" }
  | { readonly kind: "names"; readonly names: readonly string[] }
  | { readonly kind: "list" };

/** Reads an option's value from its text, and says what it takes. */
export type ValueParser<T, Earlier = unknown> = ((text: string, earlier: Earlier) => T) & { readonly form: ValueForm };

/** Reads an option's value as a whole number of at least `least`. */
export function wholeNumber(least: number): ValueParser<number> {
  const parse = (text: string) => {
    const value = Number(text);
    if (text.trim() !== "" && Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(
      `give a whole number${least > Number.MIN_SAFE_INTEGER ? ` of at least ${least}` : ""}`,
    );
  };
  return Object.assign(parse, { form: { kind: "integer", least } as const });
}

/** Reads an option's value as a number above 0. */
export const positiveNumber: ValueParser<number> = Object.assign(
  (text: string) => {
    const value = Number(text);
    if (text.trim() !== "" && Number.isFinite(value) && value > 0) return value;
    throw new InvalidArgumentError("give a number above 0");
  },
  { form: { kind: "positive" } as const },
);

/** Reads an option's value as a number of at least 0. */
export const notNegative: ValueParser<number> = Object.assign(
  (text: string) => {
    const value = Number(text);
    if (text.trim() !== "" && Number.isFinite(value) && value >= 0) return value;
    throw new InvalidArgumentError("give a number of at least 0");
  },
  { form: { kind: "notNegative" } as const },
);

/** Reads how far bounds may be padded: auto, off, or a share such as 5%. */
export const paddingShare: ValueParser<Padding> = Object.assign(
  (text: string) => {
    if (text === "auto" || text === "off") return text;
    const share = /^([\d.]+)%$/.exec(text);
    if (share !== null && Number.isFinite(Number(share[1]))) return Number(share[1]) / 100;
    throw new InvalidArgumentError("give auto, off, or a share such as 5%");
  },
  { form: { kind: "padding" } as const },
);

/** Reads widths of elements: weights=4,inputs=8; an option that may be given again adds to them. */
export const elementBits: ValueParser<ElementBits, ElementBits | undefined> = Object.assign(
  (text: string, earlier: ElementBits | undefined) => {
    const own = text.split(",").map((part): [string, number] => {
      const [name, value] = assignment(part) ?? [];
      const bits = Number(value);
      if (name !== undefined && Number.isSafeInteger(bits) && bits > 0) return [name, bits];
      throw new InvalidArgumentError("give bits by tensor, such as weights=4,inputs=8,outputs=8,partialSums=32");
    });
    return { ...earlier, ...Object.fromEntries(own) };
  },
  { form: { kind: "bits" } as const },
);

/** Reads an option's value as a share: 5% or 0.05. */
export const shareAbove0: ValueParser<number> = Object.assign(
  (text: string) => {
    const value = /^[\d.]+%$/.test(text) ? Number(text.slice(0, -1)) / 100 : Number(text);
    if (text.trim() !== "" && Number.isFinite(value) && value > 0) return value;
    throw new InvalidArgumentError("give a share above 0, such as 5%");
  },
  { form: { kind: "share" } as const },
);

/** Reads an option's value as one of some names. */
export function oneOf<T extends string>(names: readonly T[]): ValueParser<T> {
  const parse = (text: string) => {
    const found = names.find((name) => name === text);
    if (found !== undefined) return found;
    const similar = similarNames(text, names);
    throw new InvalidArgumentError(
      similar.length > 0 ? `did you mean ${similar.join(" or ")}?` : `choose one of ${names.join(", ")}`,
    );
  };
  return Object.assign(parse, { form: { kind: "names", names } as const });
}

/** Reads an option's value as texts with commas between; what is said twice counts once. */
export const listOf: ValueParser<readonly string[]> = Object.assign(
  (text: string) => {
    const parts = text.split(",").map((part) => part.trim());
    if (parts.some((part) => part === "")) throw new InvalidArgumentError("give names with commas between");
    return [...new Set(parts)];
  },
  { form: { kind: "list" } as const },
);

/** Lists that stand in for what a command line does not give: one that it gives replaces them. */
const standIns = new WeakSet<readonly string[]>();

/** A list of values from somewhere else than the command line. */
export function standInList(values: readonly string[]): readonly string[] {
  const list = [...values];
  standIns.add(list);
  return list;
}

/** Gathers the values of an option that may be given again and again. */
export const gathered: ValueParser<readonly string[], readonly string[]> = Object.assign(
  (text: string, earlier: readonly string[]) => (standIns.has(earlier) ? [text] : [...earlier, text]),
  { form: { kind: "list" } as const },
);
