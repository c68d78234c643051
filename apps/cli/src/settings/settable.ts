import type { Command, Option } from "commander";
import type { ValueForm } from "../commands/option-values.js";

/** A command that does something, and where its settings stand. */
export interface SettableCommand {
  readonly command: Command;
  /** Its names from the program's on: `["import", "timeloop"]`. */
  readonly path: readonly string[];
  readonly options: readonly Option[];
}

/** Commands about the program itself, which no settings are for. */
export const NO_SETTINGS: readonly string[] = ["init", "completion", "doctor"];

/** Options about one call only. */
const ONCE = ["help", "version", "resume", "force"];

/** All commands that take settings, with the options that may be set beforehand. */
export function settableCommands(root: Command, path: readonly string[] = []): SettableCommand[] {
  return root.commands.flatMap((command) => {
    const own = [...path, command.name()];
    if (NO_SETTINGS.includes(own[0]!)) return [];
    if (command.commands.length > 0) return settableCommands(command, own);
    const options = command.options.filter((option) => !ONCE.includes(option.attributeName()));
    return options.length > 0 ? [{ command, path: own, options }] : [];
  });
}

/** What an option takes; `null` for a flag, `undefined` for any text. */
export function formOf(option: Option): ValueForm | null | undefined {
  if (option.isBoolean() || option.negate) return null;
  if (option.argChoices) return { kind: "names", names: option.argChoices };
  return (option.parseArg as { form?: ValueForm } | undefined)?.form;
}

/** The environment variable of an option: `LOOPNEST_SEARCH_MAX_AREA`. */
export function variableOf({ path }: SettableCommand, option: Option): string {
  const name = option.attributeName().replace(/[A-Z]/g, (letter) => `_${letter}`);
  return ["LOOPNEST", ...path, name].join("_").toUpperCase().replaceAll("-", "_");
}

/** Whether two options exclude each other. */
export function exclude(a: Option, b: Option): boolean {
  const named = ({ conflictsWith }: Option & { conflictsWith?: string[] }, other: Option) =>
    conflictsWith?.includes(other.attributeName()) === true;
  return named(a, b) || named(b, a);
}
