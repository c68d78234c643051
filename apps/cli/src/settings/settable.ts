import type { Command, Option } from "commander";
import type { ValueForm } from "../commands/option-values.js";

/** A command that does something, and where its settings stand. */
export interface SettableCommand {
  readonly command: Command;
  /** Its names from the program's on: `["import", "timeloop"]`. */
  readonly path: readonly string[];
  /** Whether its name may be left out, as that of `import onnx`: then its settings may stand one key higher. */
  readonly isDefault: boolean;
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
    return options.length > 0 ? [{ command, path: own, isDefault: isDefaultOf(root, command), options }] : [];
  });
}

/** Commander keeps the name of the command that is meant where none is named, and does not say it. */
export function isDefaultOf(parent: Command, command: Command): boolean {
  return (parent as unknown as { _defaultCommandName?: string | null })._defaultCommandName === command.name();
}

/** Where the settings of a command stand in a file, and the beginnings of its variables. */
export function pathsOf({ path, isDefault }: SettableCommand): (readonly string[])[] {
  return isDefault ? [path.slice(0, -1), path] : [path];
}

/** What an option takes; `null` for a flag, `undefined` for any text. */
export function formOf(option: Option): ValueForm | null | undefined {
  if (option.isBoolean() || option.negate) return null;
  if (option.argChoices) return { kind: "names", names: option.argChoices };
  return (option.parseArg as { form?: ValueForm } | undefined)?.form;
}

/** The environment variables of an option: `LOOPNEST_SEARCH_MAX_AREA`; the last one wins. */
export function variablesOf(settable: SettableCommand, option: Option): string[] {
  const name = option.attributeName().replace(/[A-Z]/g, (letter) => `_${letter}`);
  return pathsOf(settable).map((path) => ["LOOPNEST", ...path, name].join("_").toUpperCase().replaceAll("-", "_"));
}

/** Whether two options exclude each other. */
export function exclude(a: Option, b: Option): boolean {
  const named = ({ conflictsWith }: Option & { conflictsWith?: string[] }, other: Option) =>
    conflictsWith?.includes(other.attributeName()) === true;
  return named(a, b) || named(b, a);
}
