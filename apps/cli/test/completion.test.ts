import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { loopnest, scratchFolder } from "./loopnest.js";

const scratch = scratchFolder();

beforeAll(async () => {
  for (const shell of ["bash", "zsh", "fish"]) {
    const { status, stdout } = await loopnest(["completion", shell]);
    expect(status).toBe(0);
    writeFileSync(join(scratch, `loopnest.${shell}`), stdout);
  }
  writeFileSync(join(scratch, "mine.yaml"), "");
  writeFileSync(join(scratch, "given.yaml"), "");
  mkdirSync(join(scratch, "runs"));
});

/** What bash offers for the last of some words. */
function bashOffers(...words: string[]): string[] {
  const script =
    `source ./loopnest.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _loopnest 2>/dev/null; printf '%s\\n' ` +
    `"\${COMPREPLY[@]}"`;
  const output = execFileSync("bash", ["--norc", "-c", script, "bash", ...words], { cwd: scratch, encoding: "utf8" });
  return output.split("\n").filter(Boolean);
}

describe.skipIf(process.platform === "win32")("completion in bash", () => {
  test.each<[words: string[], offered: string[]]>([
    [["loopnest", "sea"], ["search"]],
    [["loopnest", "import", "t"], ["timeloop"]],
    [["loopnest", "import", "--d"], ["--dim"]],
    [["loopnest", "import", "m"], ["mine.yaml"]],
    [["loopnest", "search", "--obj"], ["--objective"]],
    [
      ["loopnest", "search", "resnet50", "--objective", "e"],
      ["edp", "energy", "edap"],
    ],
    [
      ["loopnest", "search", "resnet50", "-"],
      ["--target", "--help", "-o"],
    ],
    [
      ["loopnest", "search", "m"],
      ["mobilenet-v2", "mine.yaml"],
    ],
    [
      ["loopnest", "import", "timeloop", "--e"],
      ["--ert", "--energy-table"],
    ],
    [["loopnest", "evaluate", "--case", "m"], ["mine.yaml"]],
    [
      ["loopnest", "search", "bert", "--target", "g"],
      ["gemmini", "given.yaml"],
    ],
    [
      ["loopnest", "search", "bert", "--energy-table", ""],
      ["dosa", "mine.yaml"],
    ],
    [
      ["loopnest", "search", "bert", "--model", ""],
      ["gemmini-rtl", "mine.yaml"],
    ],
    [["loopnest", "map", "bert", "--target", "=", "gem"], ["gemmini"]],
    [
      ["loopnest", "map", "bert", "--objective", "="],
      ["edp", "latency"],
    ],
    [
      ["loopnest", "completion", ""],
      ["bash", "zsh", "fish"],
    ],
    [["loopnest", "search", "--resume", ""], ["runs"]],
  ])("%j", (words, offered) => {
    expect(bashOffers(...words)).toEqual(expect.arrayContaining(offered));
  });

  test("offers nothing where nothing can be known", () => {
    expect(bashOffers("loopnest", "search", "--samples", "")).toEqual([]);
  });
});

test("other shells get every command and option", async () => {
  const { stdout } = await loopnest(["--help"]);
  const commands = [...stdout.split("Commands:")[1]!.matchAll(/^ {2}([\w-]+)/gm)].map(([, name]) => name);
  for (const shell of ["zsh", "fish"] as const) {
    const { stdout } = await loopnest(["completion", shell]);
    for (const name of commands.filter((name) => name !== "help")) expect(stdout).toContain(name);
    expect(stdout).toMatch(/objective.*edp energy latency edap/);
    expect(stdout).toMatch(/target.*gemmini/);
  }
});

test("another shell is refused", async () => {
  const { status, stderr } = await loopnest(["completion", "zhs"]);
  expect(status).toBe(2);
  expect(stderr).toMatch(/did you mean zsh/);
});
