import { type Command, Option } from "commander";
import { excluding } from "../options/exclusion.js";
import type { OutputForm } from "../terminal/print-data.js";

/** Options of a command that can print data, as it gets them. */
export type WithOutputForm<T = object> = T & OutputForm;

/**
 * Adds `--json` and `--jsonl`, which exclude each other: every command prints data with either, and nothing but data on
 * standard output.
 *
 * @param json What the one document holds, as the end of a sentence that begins with "print".
 * @param jsonl What a line is.
 */
export function addOutputOptions(command: Command, json: string, jsonl: string): Command {
  return command
    .addOption(new Option("--json", `print ${json} as JSON`))
    .addOption(excluding(new Option("--jsonl", `print JSON Lines: ${jsonl}`), "json"));
}
