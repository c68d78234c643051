import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fixture, loopnest, scratchFolder } from "./loopnest.js";

const scratch = scratchFolder();
const goodCase = readFileSync(fixture("case.yaml"), "utf8");

/** Writes a file into the scratch folder, where the program is run. */
function file(name: string, text: string): string {
  writeFileSync(join(scratch, name), text);
  return name;
}

/** The good case with a text replaced. */
function caseWith(name: string, from: string, to: string): string {
  expect(goodCase.split(from)).toHaveLength(2);
  return file(name, goodCase.replace(from, to));
}

const search = (...args: string[]) => ["search", "small.yaml", "--target", "gemmini", ...args];
file("small.yaml", readFileSync(fixture("small.yaml"), "utf8"));
mkdirSync(join(scratch, "not-a-run"));
writeFileSync(join(scratch, "not-a-run", "notes.txt"), "mine");

const table: [what: string, args: string[], stderr: RegExp][] = [
  [
    "a misspelt option",
    search("--objectiv", "edp"),
    /^error: unknown option '--objectiv'; did you mean --objective\?$/,
  ],
  ["a misspelt command", ["serach"], /^error: unknown command 'serach'; did you mean search\?$/],
  ["a misspelt choice", search("--objective", "edb"), /'edb' is invalid; did you mean edp/],
  ["a choice that does not exist", search("--method", "magic"), /'magic' is invalid; choose one of descent/],
  ["a number that is none", search("--samples", "many"), /'many' is invalid; give a whole number of at least 1$/],
  ["a number that is too small", search("--max-area", "0"), /'0' is invalid; give a number above 0$/],
  [
    "two options that exclude each other",
    search("--steps", "5", "--samples", "5"),
    /'--steps <n>' cannot be used with .*'--samples <n>'/,
  ],
  ["no network", ["search"], /^error: nothing to search; give a workload, or --resume DIR$/],
  [
    "an argument too many",
    ["evaluate", "case.yaml"],
    /^error: too many arguments for 'evaluate'.*; --help shows the usage$/,
  ],
  [
    "nothing to evaluate",
    ["evaluate"],
    /nothing to evaluate; give one of --case FILE, --cases FILE\.jsonl, --run DIR or --certificate FILE$/,
  ],
  [
    "an unknown network",
    ["search", "resnet5", "--target", "gemmini"],
    /^error: there is no workload resnet5; did you mean resnet50/,
  ],
  [
    "an unknown target",
    ["search", "bert", "--target", "gemini"],
    /^error: there is no target gemini; did you mean gemmini/,
  ],
  [
    "an unknown energy table",
    search("--energy-table", "doser"),
    /^error: there is no energy table doser; did you mean dosa/,
  ],
  ["an unknown size", search("--fix", "peDims=16"), /^error: --fix: gemmini has no size peDims; its sizes are peDim,/],
  [
    "a size out of range",
    search("--fix", "peDim=1000"),
    /^error: --fix: peDim is 1000; give a multiple of 1 from 2 to 128$/,
  ],
  ["a size without a value", search("--fix", "peDim"), /^error: --fix: cannot read peDim; write it like peDim=16$/],
  [
    "a missing file",
    ["evaluate", "--case", "nowhere.yaml"],
    /^error: nowhere\.yaml: no such file or folder; check the name/,
  ],
  [
    "a missing file of cases",
    ["evaluate", "--cases", "nowhere.jsonl"],
    /^error: nowhere\.jsonl: no such file or folder/,
  ],
  ["a missing workload file", ["search", "nowhere.yaml", "--target", "gemmini"], /^error: nowhere\.yaml: no such file/],
  [
    "a folder instead of a file",
    ["evaluate", "--case", "not-a-run"],
    /^error: not-a-run: this is a folder; give a file$/,
  ],
  ["a missing run folder", ["evaluate", "--run", "nowhere"], /^error: nowhere\/result\.json: no such file or folder/],
  ["a folder that holds no run", ["evaluate", "--run", "not-a-run"], /^error: not-a-run\/result\.json: no such file/],
  [
    "a run folder that holds other files",
    search("-o", "not-a-run"),
    /^error: not-a-run: .*no run; choose a new or empty folder with -o/,
  ],
  [
    "a run folder that is a file",
    search("-o", "small.yaml"),
    /^error: small\.yaml: this is a file; choose a folder with -o$/,
  ],
  [
    "a run folder below a file",
    search("-o", "small.yaml/run"),
    /^error: small\.yaml\/run: .*small\.yaml is a file|this is a file/,
  ],
  [
    "a file that is not packed",
    ["evaluate", "--cases", file("plain.jsonl.gz", "{}\n")],
    /^error: plain\.jsonl\.gz: this is not a gzip file/,
  ],
  [
    "broken JSON",
    ["evaluate", "--case", file("broken.json", '{\n  "id": "a",\n  "problem": {"name": "p" "dims": {}}\n}\n')],
    /^broken\.json:3:27: unexpected "\\"" in JSON; , or } should stand here$/,
  ],
  [
    "broken YAML",
    ["evaluate", "--case", file("broken.yaml", "id: a\nproblem:\n  name: [p\n")],
    /^broken\.yaml:4:1: .*; write one valid YAML document$/,
  ],
  [
    "an alias of nothing",
    search("--target", file("alias.yaml", "name: x\nlevels: *there\n")),
    /^alias\.yaml:2:9: the alias \*there names no anchor; put &there in front of a value above it$/,
  ],
  [
    "a misspelt field",
    ["evaluate", "--case", caseWith("field.yaml", "role: output", "rol: output")],
    /^field\.yaml:8:7: problem\.tensors\[2\]\.role: role is missing; is rol meant to be role$/,
  ],
  [
    "factors that do not multiply to the bound",
    ["evaluate", "--case", caseWith("factors.yaml", "[N, 4]", "[N, 3]")],
    new RegExp(
      String.raw`^factors\.yaml:4:\d+: problem\.dims\.N: the factors of N multiply to 6, its bound is 8; ` +
        "choose factors of N .* multiply to 8$",
    ),
  ],
  [
    "a tile that does not fit",
    ["evaluate", "--case", caseWith("tile.yaml", "capacityWords: 100", "capacityWords: 50")],
    new RegExp(
      String.raw`^tile\.yaml:35:5: mapping\[1\]: the tiles at Buffer take 64 words, 50 are there; ` +
        "make the tile of .* smaller by 14 words$",
    ),
  ],
  [
    "an unknown dimension in a mapping",
    ["evaluate", "--case", caseWith("dim.yaml", "[K, 6]]", "[Q, 6]]")],
    /^dim\.yaml:35:\d+: mapping\[1\]\.temporal\[2\]: unknown dimension Q; use one of M, N, K$/,
  ],
  [
    "a workload with a layer that is no layer",
    [
      "search",
      file("odd.yaml", "name: odd\nlayers:\n  - conv: {R: 3, S: 3, P: 8, Q: 8, C: 8, K: many}\n"),
      "--target",
      "gemmini",
    ],
    /^odd\.yaml:3:\d+: layers\[0\]\.conv\.K: is "many"; give a number/,
  ],
  [
    "a layer that the target cannot run",
    ["search", fixture("foreign.yaml")],
    new RegExp(
      String.raw`^error: layers\[0\]\.problem\.tensors: no level of gemmini keeps A \(layer odd\); ` +
        "name the tensors as gemmini does",
    ),
  ],
  [
    "a target that cannot be read",
    ["search", "small.yaml", "--target", file("target.json", '{"name": "t"}')],
    /^target\.json:1:1: .*is missing/,
  ],
];

describe("bad input exits 2, with one clear message", () => {
  test.concurrent.each(table)("%s", async (_what, args, expected) => {
    const { status, stdout, stderr } = await loopnest(args, { cwd: scratch });
    expect(stderr.trimEnd().split("\n")[0]).toMatch(expected);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(status).toBe(2);
    // Only a case that was read, and then rejected, has a record.
    for (const line of stdout.split("\n").filter(Boolean)) expect(JSON.parse(line)).toHaveProperty("error.code");
  });

  test("every fault of a document is listed", async () => {
    const name = file(
      "faults.yaml",
      "name: odd\nlayers:\n  - matmul: {m: 0, n: 4, k: 4}\n  - count: 2\n    matmul: {m: 4, n: 4}\n",
    );
    const { status, stderr } = await loopnest(["search", name, "--target", "gemmini"], { cwd: scratch });
    expect(stderr.trimEnd().split("\n")).toEqual([
      expect.stringMatching(/^faults\.yaml:3:17: layers\[0\]\.matmul\.m: is 0; give a whole number/),
      expect.stringMatching(/^faults\.yaml:5:\d+: layers\[1\]\.matmul.*k is missing/),
    ]);
    expect(status).toBe(2);
  });

  test("no command shows the help on standard error", async () => {
    const { status, stdout, stderr } = await loopnest([]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^Usage: loopnest/);
  });
});
