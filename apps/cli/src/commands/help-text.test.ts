import type { Command } from "commander";
import { expect, test } from "vitest";
import { program } from "../program.js";

function allCommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(allCommands)];
}

/** What a command's --help prints on a terminal of so many columns. */
function helpOf(command: Command, columns: number): string {
  let text = "";
  command.configureOutput({ getOutHelpWidth: () => columns, writeOut: (piece) => (text += piece) });
  command.outputHelp();
  return text;
}

test.each([80, 100])("the help of every command keeps within %i columns", (columns) => {
  const commands = allCommands(program());
  expect(commands.length).toBeGreaterThan(25);
  const long = commands.flatMap((command) =>
    helpOf(command, columns)
      .split("\n")
      .filter((line) => line.length > columns)
      .map((line) => `${command.name()}: ${line}`),
  );
  expect(long).toEqual([]);
});

test("an example that is too long for the terminal can be pasted still", () => {
  const sweep = allCommands(program()).find((command) => command.name() === "sample")!;
  const [, shown] = helpOf(sweep, 60).split("Examples:\n");
  const commands = shown!.replaceAll(/ \\\n +/g, " ").match(/^ {2}loopnest .*/gm);
  const [, wide] = helpOf(sweep, 300).split("Examples:\n");
  expect(wide!.match(/^ {2}loopnest .*?(?= {2})/gm)).toEqual(commands);
});
