import type { Option } from "commander";
import type { ValueForm } from "./option-values.js";

/** What an option takes; `null` for a flag, `undefined` for any text. */
export function formOf(option: Option): ValueForm | null | undefined {
  if (option.isBoolean() || option.negate) return null;
  if (option.argChoices) return { kind: "names", names: option.argChoices };
  return (option.parseArg as { form?: ValueForm } | undefined)?.form;
}
