import type { Command, Option } from "commander";
import { formOf } from "../options/option-form.js";
import { settableCommands, variablesOf } from "./settable.js";

/** A settings file with every setting in it, each a comment: what it does, and its default. */
export function settingsTemplate(root: Command): string {
  const sections = settableCommands(root).map((settable, index, all) => {
    const { command, path, options } = settable;
    // Commands of one group stand below one key.
    const opened = path.length > 1 && all[index - 1]?.path[0] === path[0] ? 1 : 0;
    const indent = "  ".repeat(path.length);
    const names = path.map((name, i) => `# ${"  ".repeat(i)}${name}:`).slice(opened);
    const lines = options.flatMap((option) => [
      `# ${indent}# ${option.negate ? "false: " : ""}${option.description.replaceAll("\n", " ")}`,
      `# ${indent}${option.attributeName()}: ${example(option)}`,
    ]);
    return [
      `# ${command.description()}`,
      ...(settable.isDefault ? [`# (the word ${path.at(-1)} may be left out)`] : []),
      `# (in the environment: ${variablesOf(settable, options[0]!)[0]} and so on)`,
      ...names,
      ...lines,
    ].join("\n");
  });
  return `# yaml-language-server: $schema=node_modules/loopnest/schemas/loopnest.json
# Settings of loopnest, for this folder and those below it. What stands on the command line wins, then the environment,
# then this file. Files are named as on the command line: from the folder that loopnest is started in.
# Take away the "# " in front of a setting and of the command above it.

${sections.join("\n\n")}
`;
}

/** The default of an option, or a value as it may be. */
function example(option: Option): string {
  const { defaultValue } = option;
  const form = formOf(option);
  if (form === null) return String(defaultValue ?? option.negate);
  if (form?.kind === "list") return "[]";
  if (form?.kind === "bits") return '"weights=4, inputs=8, outputs=8, partialSums=32"';
  if (typeof defaultValue === "string" || typeof defaultValue === "number") return String(defaultValue);
  if (form?.kind === "names") return form.names[0]!;
  return form === undefined ? '""' : "1";
}
