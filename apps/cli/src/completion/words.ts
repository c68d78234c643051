import type { Command, Option } from "commander";
import { formOf } from "../settings/settable.js";

/** What may follow an option. */
export type Values = { readonly names: readonly string[] } | "file" | "folder" | "text";

/** An option as a shell completes it. */
export interface OptionWord {
  readonly long: string;
  readonly short: string | null;
  /** First sentence of its description, without quotes that a shell would read. */
  readonly description: string;
  /** `null` for a flag. */
  readonly values: Values | null;
}

/** A command as a shell completes it: either commands below it, or options and arguments. */
export interface CommandWord {
  /** Names from the program's on, `["import", "timeloop"]`. */
  readonly path: readonly string[];
  readonly description: string;
  readonly commands: readonly CommandWord[];
  readonly options: readonly OptionWord[];
  /** Names that an argument may be, beside files. */
  readonly names: readonly string[];
}

/** Everything that can be completed. @param argumentNames Names that a command's arguments may be, by the command's path. */
export function commandWord(
  command: Command,
  argumentNames: Readonly<Record<string, readonly string[]>>,
  path: readonly string[] = [],
): CommandWord {
  return {
    path,
    description: plain(command.description()),
    commands: command.commands.map((inner) => commandWord(inner, argumentNames, [...path, inner.name()])),
    options: [
      ...command.options.map(optionWord),
      { long: "--help", short: "-h", description: "show the usage", values: null },
    ],
    names: argumentNames[path.join(" ")] ?? [],
  };
}

function optionWord(option: Option): OptionWord {
  const form = formOf(option);
  return {
    long: option.long!,
    short: option.short ?? null,
    description: plain(option.description),
    values: form === null ? null : form?.kind === "names" ? { names: form.names } : placeholder(option),
  };
}

/** Options say in their placeholder what they take: `<file>`, `<dir>`, or the name of something that may be a file. */
function placeholder({ flags }: Option): Values {
  if (/<dir>/.test(flags)) return "folder";
  return /<(n|mm2|cycles|seconds|names|targets|size=value|name=value|name=n)>/.test(flags) ? "text" : "file";
}

function plain(text: string): string {
  return text
    .split(/[;:(]/)[0]!
    .replace(/['"`$\\[\]]/g, "")
    .trim();
}

/** Every command that takes options, the program itself first. */
export function allCommands(word: CommandWord): CommandWord[] {
  return [word, ...word.commands.flatMap(allCommands)];
}
