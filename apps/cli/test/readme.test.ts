import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { program } from "../src/program.js";
import { loopnest, scratchFolder } from "./loopnest.js";
import { pageCommands } from "./page-commands.js";

const page = new URL("../README.md", import.meta.url);
const readme = readFileSync(page, "utf8");
const scratch = scratchFolder();

const commands = pageCommands(page, scratch).map(({ line }) => line);

/** Options of every command, which have a table of their own. */
const FORMS = ["--json", "--jsonl"];

describe("the README", () => {
  test("has commands to run", () => expect(commands.length).toBeGreaterThan(5));

  test.each(commands)("%s", async (line) => {
    const [command, file] = line.split(" > ");
    const [program, ...args] = command!.split(" ");
    expect(program).toBe("loopnest");
    const { status, stdout, stderr } = await loopnest(args, { cwd: scratch });
    expect({ status, error: /error:.*/.exec(stderr)?.[0] }).toEqual({ status: 0 });
    expect(stdout).not.toBe("");
    if (file !== undefined) writeFileSync(join(scratch, file), stdout);
  });

  const tabled = ["search", "compare", "evaluate", "fuse", "report", "show", "explain", "tune", "worker", "studio"];
  test.each([...tabled, "sample", "measure", "calibrate"])("says all options of %s, and no others", async (command) => {
    const { stdout } = await loopnest([command, "--help"]);
    const offered = [...stdout.matchAll(/^ {2}(-\w, )?(--[\w-]+)/gm)]
      .map(([, , option]) => option)
      .filter((option) => !["--help", ...FORMS].includes(option!));
    const section = readme.split(/^## /m).find((text) => text.startsWith(`\`loopnest ${command}`))!;
    const said = [...section.matchAll(/^\| `(-\w, )?(--[\w-]+)/gm)].map(([, , option]) => option);
    expect(said.sort()).toEqual(offered.sort());
  });

  test("says what every command prints as JSON", () => {
    const section = readme.split(/^## /m).find((text) => text.startsWith("JSON and JSON Lines"))!;
    const said = [...section.matchAll(/^\| (`.*?)\|/gm)].flatMap(([, cell]) => cell!.match(/[a-z]+/g)!);
    for (const command of program().commands) expect(said).toContain(command.name());
  });
});

test("the result that the repository's README shows is what npm start prints", async () => {
  const page = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");
  const [, shown] = /^```text\n(resnet50 on gemmini.*?)^```$/ms.exec(page)!;
  const { stdout } = await loopnest(["search", "resnet50", "--target", "gemmini", "-o", "start"], { cwd: scratch });
  const withoutTime = (text: string) => text.replace(/ in [\d.]+ s$/m, "").split("\n");
  const printed = new Set(withoutTime(stdout));
  expect(withoutTime(shown!).filter((line) => line !== "..." && !printed.has(line))).toEqual([]);
});
