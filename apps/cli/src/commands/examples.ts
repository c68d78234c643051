import { type HelpText, helpWidth, inColumns, underEachOther } from "./help-text.js";

/** The examples under a command's help: what to type, and what for; beside each other where all of them have room. */
export function examples(...lines: readonly (readonly [command: string, purpose: string])[]): HelpText {
  return (context) => {
    const width = helpWidth(context);
    return `\nExamples:\n${inColumns(lines, width) ?? underEachOther(lines, width)}\n`;
  };
}
