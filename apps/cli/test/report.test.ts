import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { fixture, loopnest, scratchFolder } from "./loopnest.js";

const scratch = scratchFolder();
const run = (...args: string[]) => loopnest(args, { cwd: scratch });

beforeAll(async () => {
  const search = ["search", fixture("small.yaml"), "--samples", "100", "--starts", "2"];
  const ended = await Promise.all([
    run(...search, "--seed", "1", "-o", "runs/one"),
    run(...search, "--seed", "2", "--fix", "peDim=8", "-o", "runs/two"),
  ]);
  expect(ended.map(({ status }) => status)).toEqual([0, 0]);
});

describe("loopnest report", () => {
  test("of one run is the page of its folder", async () => {
    const { status, stdout, stderr } = await run("report", "runs/one", "-o", "pages/one.html");
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "pages/one.html\n", stderr: "" });
    const page = readFileSync(join(scratch, "pages", "one.html"), "utf8");
    expect(page).toBe(readFileSync(join(scratch, "runs", "one", "report.html"), "utf8"));
    for (const chart of ["edp", "energy", "latency", "roofline", "convergence", "elasticities"]) {
      expect(page).toContain(`id="run-1-${chart}"`);
    }
    expect(page).toContain("for K in ");
  });

  test("of two runs compares them, and needs nothing else", async () => {
    const { status, stdout } = await run("report", "runs/one", "runs/two", "-o", "-");
    expect(status).toBe(0);
    for (const id of ["comparison-comparison", "comparison-convergence", "run-1-roofline", "run-2-roofline"]) {
      expect(stdout).toContain(`id="${id}"`);
    }
    expect(stdout).not.toMatch(/<script|<link|<img|@import|url\(|src=|NaN|undefined|Infinity/);
    expect(stdout.match(/https?:\/\/[^"< ]+/g) ?? []).toEqual([]);
    const ids = [...stdout.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("writes charts that stand alone, as SVG and PNG", async () => {
    const { status, stdout } = await run("report", "runs/one", "runs/two", "--charts", "charts", "--json");
    expect(status).toBe(0);
    const { files } = JSON.parse(stdout);
    expect(files).toContain(join("charts", "comparison.svg"));
    expect(files).toContain(join("charts", "1-one", "roofline.png"));
    expect(files).toContain(join("charts", "2-two", "tiles-02-product.svg"));
    expect(existsSync(join(scratch, "report.html"))).toBe(false);
    for (const file of files) {
      const bytes = readFileSync(join(scratch, file));
      if (file.endsWith(".png")) expect(bytes.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
      else
        expect(bytes.toString("utf8")).toMatch(
          /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" (?!.*(var\(|currentColor))/s,
        );
    }
  });

  test("takes names that hold anything, and so do charts and the terminal", async () => {
    const layer = { conv: { name: "a<b>&\u001b[2J\n|x", R: 1, S: 1, P: 4, Q: 4, C: 4, K: 4 } };
    writeFileSync(join(scratch, "names.json"), JSON.stringify({ name: "n\u0007<i>", layers: [layer] }));
    const searched = await run("search", "names.json", "--samples", "30", "-o", "names");
    const shown = await run("show", "names");
    const charted = await run("report", "names", "--charts", "names-charts", "--format", "svg", "-o", "names.html");
    for (const { status, stdout } of [searched, shown, charted]) {
      expect(status).toBe(0);
      expect(stdout).not.toMatch(/[^\P{Cc}\n]/u);
    }
    expect(shown.stdout).toContain("a<b>&␛[2J␊|x");
    expect(readFileSync(join(scratch, "names.html"), "utf8")).not.toMatch(/<i>|<b>|[^\P{Cc}\n]/u);
    const svg = readFileSync(join(scratch, "names-charts", "edp.svg"), "utf8");
    expect(svg).toContain("a&lt;b&gt;&amp;␛[2J");
    expect(svg).not.toMatch(/<b>|<i>|&(?!amp;|lt;|gt;|quot;|#\d+;)|[^\P{Cc}\n]/u);
  });

  test("goes into a folder that is given", async () => {
    expect((await run("report", "runs/one", "-o", "runs")).stdout).toBe(`${join("runs", "report.html")}\n`);
    expect((await run("report", "runs/one", "-o", "new-folder/")).stdout).toBe(
      `${join("new-folder", "report.html")}\n`,
    );
    expect(existsSync(join(scratch, "new-folder", "report.html"))).toBe(true);
  });

  test("writes charts in one format if asked to", async () => {
    const { status } = await run("report", "runs/one", "--charts", "svg-only", "--format", "svg");
    expect(status).toBe(0);
    expect(readdirSync(join(scratch, "svg-only")).filter((name) => !name.endsWith(".svg"))).toEqual([]);
  });

  const damage: [what: string, file: string, change: (text: string) => string, said: RegExp][] = [
    ["no result", "result.json", () => "", /result\.json:1:1: /],
    ["half a result", "result.json", (text) => text.slice(0, text.length / 2), /result\.json:\d+:\d+: /],
    [
      "other inputs",
      "inputs.json",
      (text) => text.replace(/(?<="count": )2/, "3"),
      /inputs\.json: its content is not what was written/,
    ],
    [
      "another figure",
      "result.json",
      (text) => text.replace(/(?<="energyUj": )\d/, "9"),
      /result\.json: its content is not what was written/,
    ],
    ["half a page", "report.html", (text) => text.slice(0, text.length / 2), /report\.html: its content is not/],
    [
      "levels of another machine",
      "result.json",
      (text) => text.replace('"Accumulator": {', '"hasOwnProperty": {'),
      /result\.json: layers\[0\]\.levels are DRAM, .*hasOwnProperty.*, those of the target are /,
    ],
    ["no convergence", "convergence.csv", () => "", /convergence\.csv: its content is not what was written/],
    ["half a list", "SHA256SUMS", (text) => text.slice(0, 200), /SHA256SUMS:\d:1: this is no SHA-256/],
    [
      "a shorter list",
      "SHA256SUMS",
      (text) => text.replace(/^.*result.json\n/m, ""),
      /SHA256SUMS: it does not list result\.json/,
    ],
    ["half a layer", "layers/01-conv.yaml", (text) => text.slice(0, text.length / 2), /01-conv\.yaml:\d+:\d+: /],
  ];
  /** A copy of a run with one file changed; its name. */
  const damaged = (copy: string, file: string, change: (text: string) => string) => {
    cpSync(join(scratch, "runs", "one"), join(scratch, copy), { recursive: true });
    const path = join(scratch, copy, file);
    writeFileSync(path, change(readFileSync(path, "utf8")));
    return copy;
  };
  const refuses = async (args: readonly string[], said: RegExp) => {
    const { status, stdout, stderr } = await run(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(said);
  };

  test.each(damage)("does not read a folder with %s", async (what, file, change, said) => {
    const copy = damaged(what.replaceAll(" ", "-"), file, change);
    await refuses(["report", copy, "-o", `${copy}.html`], said);
    expect(existsSync(join(scratch, `${copy}.html`))).toBe(false);
  });

  test.each([["show"], ["explain"], ["export", "timeloop", "-o", "from-damaged", "--run"], ["search", "--resume"]])(
    "nor do others: %s",
    async (...args) => {
      const [, file, change, said] = damage[3]!;
      await refuses([...args, damaged(args.slice(0, 2).join("-"), file, change)], said);
      expect(existsSync(join(scratch, "from-damaged"))).toBe(false);
    },
  );

  test("says when a folder is none", async () => {
    rmSync(join(scratch, "none"), { force: true, recursive: true });
    const { status, stderr } = await run("report", "none");
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr:
        `error: ${join("none", "result.json")}: ` +
        "no such file or folder; check the name and the folder you are in\n",
    });
  });
});

describe("loopnest show", () => {
  test("shows totals, bars, elasticities and loop nests, plain off a terminal", async () => {
    const { status, stdout, stderr } = await run("show", "runs/one");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^small on gemmini: descent, seed 1, /);
    expect(stdout).toMatch(/^EDP +\S+ uJ x cycles$/m);
    expect(stdout).toMatch(/^(conv|product) +█{32} +\d/m);
    // Whichever level limits: its bandwidth moves EDP.
    expect(stdout).toMatch(/^\w+ shared bandwidth +-/m);
    expect(stdout).toMatch(/^conv, 2 times: .* of EDP\n {2}DRAM: Weights [\d,]+, Inputs [\d,]+, Outputs [\d,]+$/m);
    expect(stdout).not.toContain("\u001b");
  });

  test("shows the loop nests that are asked for", async () => {
    const { stdout } = await run("show", "runs/one", "--layer", "product");
    expect(stdout).toMatch(/^product: /m);
    expect(stdout).not.toMatch(/^conv/m);
    const unknown = await run("show", "runs/one", "--layer", "prodct");
    expect(unknown).toMatchObject({ status: 2, stderr: expect.stringContaining("did you mean product") });
  });

  test("prints the result, or a line per layer, as JSON", async () => {
    const stored = JSON.parse(readFileSync(join(scratch, "runs", "one", "result.json"), "utf8"));
    expect(JSON.parse((await run("show", "runs/one", "--json")).stdout)).toEqual(stored);
    const lines = (await run("show", "runs/one", "--jsonl")).stdout.trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual(
      stored.layers.map((layer: object) => ({ row: "layer", ...layer })),
    );
  });
});
