import type { Command, Option } from "commander";
import { isStandIn } from "../options/stand-in.js";

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
export const NO_SETTINGS: readonly string[] = ["init", "completion", "doctor", "studio"];

/** Options about one call only. */
const ONCE = ["help", "version", "resume", "force"];

/** All commands that take settings, with the options that may be set beforehand. */
export function settableCommands(root: Command, path: readonly string[] = []): SettableCommand[] {
  return root.commands.flatMap((command) => {
    const own = [...path, command.name()];
    if (NO_SETTINGS.includes(own[0]!)) return [];
    if (command.commands.length > 0) return settableCommands(command, own);
    const options = command.options.filter((option) => !ONCE.includes(option.attributeName()));
    return options.length > 0 ? [{ command, path: own, isDefault: isStandIn(command), options }] : [];
  });
}

/** Where the settings of a command stand in a file, and the beginnings of its variables. */
export function pathsOf({ path, isDefault }: SettableCommand): (readonly string[])[] {
  return isDefault ? [path.slice(0, -1), path] : [path];
}

/** The environment variables of an option: `LOOPNEST_SEARCH_MAX_AREA`; the last one wins. */
export function variablesOf(settable: SettableCommand, option: Option): string[] {
  const name = option.attributeName().replace(/[A-Z]/g, (letter) => `_${letter}`);
  return pathsOf(settable).map((path) => ["LOOPNEST", ...path, name].join("_").toUpperCase().replaceAll("-", "_"));
}
