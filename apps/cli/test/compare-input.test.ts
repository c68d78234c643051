import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fixture, loopnest, scratchFolder } from "./loopnest.js";

const scratch = scratchFolder();
const run = (...args: string[]) => loopnest(args, { cwd: scratch });

describe("loopnest compare refuses", () => {
  const small = fixture("small.yaml");
  test.each<[what: string, args: string[], said: RegExp]>([
    ["an unknown method", [small, "--methods", "descent,anealing"], /--methods: .*anealing.*did you mean annealing/],
    [
      "the exact search as a method",
      [small, "--methods", "exact"],
      /--methods: the exact search is what methods are measured by/,
    ],
    ["an empty name", [small, "--methods", "descent,,random"], /give names with commas between/],
    ["an unknown machine", [small, "--fixed", "gemini"], /there is no target gemini; did you mean gemmini/],
    ["an unknown network", ["brt"], /there is no workload brt; did you mean bert/],
    ["a network twice", [small, small], /two workloads are called small; give each of them once/],
    ["nothing", [], /nothing to compare; give workloads, or --resume DIR/],
    ["no seeds", [small, "--seeds", "0"], /give a whole number of at least 1/],
    ["a size that is none", [small, "--fix", "pe=3"], /--fix: /],
    ["sizes of a model that is none", [small, "--dim", "n=1"], /--dim/],
    ["more beside --resume", ["--resume", "whole", "--seeds", "9"], /leave out --seeds/],
    ["a folder without a comparison", ["--resume", "nowhere"], /plan\.json: no such file/],
  ])("%s", async (_, args, said) => {
    const { status, stderr } = await run("compare", ...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(said);
  });

  test("a folder that holds other files", async () => {
    mkdirSync(join(scratch, "mine"));
    writeFileSync(join(scratch, "mine", "notes.txt"), "mine");
    const { status, stderr } = await run("compare", small, "-o", "mine");
    expect(status).toBe(2);
    expect(stderr).toMatch(/mine: the folder holds files, but no comparison; choose another folder with -o/);
  });
});
