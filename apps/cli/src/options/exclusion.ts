import type { Option } from "commander";

/** Commander keeps which options exclude each other, and does not say it. */
const excludedBy = new WeakMap<Option, readonly string[]>();

/** An option that cannot stand beside others. @param others Names of their attributes: `maxArea`. */
export function excluding(option: Option, ...others: readonly string[]): Option {
  excludedBy.set(option, others);
  return option.conflicts([...others]);
}

/** Whether two options exclude each other. */
export function exclude(a: Option, b: Option): boolean {
  const named = (one: Option, other: Option) => excludedBy.get(one)?.includes(other.attributeName()) === true;
  return named(a, b) || named(b, a);
}
