import type { Command, Option } from "commander";
import { formOf } from "../options/option-form.js";
import { isStandIn } from "../options/stand-in.js";

/** What may follow an option: names, beside them files if `files` says so. */
export type Values = { readonly names: readonly string[]; readonly files?: boolean } | "file" | "folder" | "text";

/**
 * Names that may stand where an argument or a value does: by a command's path, or by an option's placeholder,
 * `<target>`.
 */
export type KnownNames = Readonly<Record<string, readonly string[]>>;

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
  /** Whether files may follow: not where only commands do. */
  readonly files: boolean;
  /** Names that an argument may be, beside files. */
  readonly names: readonly string[];
}

/** Everything that can be completed. @param known Names that are built in. */
export function commandWord(command: Command, known: KnownNames, path: readonly string[] = []): CommandWord {
  const standIn = command.commands.find(isStandIn);
  return {
    path,
    description: plain(command.description()),
    commands: command.commands.map((inner) => commandWord(inner, known, [...path, inner.name()])),
    options: [
      ...[...command.options, ...(standIn?.options ?? [])].map((option) => optionWord(option, known)),
      { long: "--help", short: "-h", description: "show the usage", values: null },
    ],
    files: command.commands.length === 0 || standIn !== undefined,
    names: known[path.join(" ")] ?? [],
  };
}

function optionWord(option: Option, known: KnownNames): OptionWord {
  const form = formOf(option);
  return {
    long: option.long!,
    short: option.short ?? null,
    description: plain(option.description),
    values: form === null ? null : form?.kind === "names" ? { names: form.names } : placeholder(option, known),
  };
}

/** Options say in their placeholder what they take: `<file>`, `<dir>`, or the name of something that may be a file. */
function placeholder({ flags }: Option, known: KnownNames): Values {
  const names = known[/<[^>]+>/.exec(flags)?.[0] ?? ""];
  if (names !== undefined) return { names, files: true };
  if (/<dir>/.test(flags)) return "folder";
  if (/<name>/.test(flags)) return /--output/.test(flags) ? "file" : "text";
  return /<(n|share|mm2|cycles|seconds|names|targets|size=value|name=value|name=n|url)>/.test(flags) ? "text" : "file";
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
