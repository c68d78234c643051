import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { bin, fixture, loopnest, scratchFolder } from "./loopnest.js";

const scratch = scratchFolder();
const at = (...names: string[]) => join(scratch, ...names);
const run = (...args: string[]) => loopnest(args, { cwd: scratch });
const command = ["search", fixture("small.yaml"), "--samples", "60", "--starts", "1", "--workers", "1"];

beforeAll(async () => {
  expect((await run(...command, "-o", "whole")).status).toBe(0);
}, 60_000);

/** A fresh copy of a whole run in `run`, with what is not its business beside it. */
beforeEach(() => {
  for (const name of ["run", "victim", "out"]) rmSync(at(name), { recursive: true, force: true });
  cpSync(at("whole"), at("run"), { recursive: true });
  mkdirSync(at("victim"));
  writeFileSync(at("victim", "file.txt"), "mine\n");
  writeFileSync(at("victim", "01.json"), "mine\n");
});

const victim = () => readdirSync(at("victim")).map((name) => [name, readFileSync(at("victim", name), "utf8")]);
const untouched = [
  ["01.json", "mine\n"],
  ["file.txt", "mine\n"],
];

/** Changes the result of `run`, its checksum with it. */
function forge(change: (result: { layers: { file: string }[] }) => void): void {
  const result = JSON.parse(readFileSync(at("run", "result.json"), "utf8"));
  change(result);
  const text = JSON.stringify(result);
  writeFileSync(at("run", "result.json"), text);
  const sum = createHash("sha256").update(text).digest("hex");
  const sums = readFileSync(at("run", "SHA256SUMS"), "utf8").replace(/^.* {2}result\.json$/m, `${sum}  result.json`);
  writeFileSync(at("run", "SHA256SUMS"), sums);
}

describe("a result that names files outside its folder", () => {
  beforeEach(() => {
    forge(({ layers }) => {
      layers[0]!.file = "../victim/file.txt";
    });
  });

  test("does not have them taken away by a search in its place", async () => {
    const { status } = await run(...command, "-o", "run", "--force");
    expect({ status, victim: victim() }).toEqual({ status: 0, victim: untouched });
    expect((await run("evaluate", "--run", "run")).status).toBe(0);
  });

  test.each([
    ["show", "run"],
    ["evaluate", "--run", "run"],
    ["export", "timeloop", "--run", "run", "-o", "out/inner"],
  ])("is refused by %s", async (...args) => {
    const { status, stderr } = await run(...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^error: run.result\.json: layers\[0\]\.file is "..\/victim\/file\.txt", should be layers\//,
    );
    expect(victim()).toEqual(untouched);
    expect(existsSync(at("out"))).toBe(false);
  });
});

// Links need rights that not every user of Windows has.
describe.skipIf(process.platform === "win32")("links and special files in a run folder", () => {
  const replace = (name: string, link: string) => {
    rmSync(at("run", name), { recursive: true, force: true });
    symlinkSync(link, at("run", name));
  };

  test.each([
    ["layers", "../victim"],
    ["parts", "../victim"],
  ])("%s as a link elsewhere: nothing is written or taken away there", async (name, link) => {
    replace(name, link);
    const { status, stderr } = await run(...command, "-o", "run", "--force");
    expect({ status, victim: victim() }).toEqual({ status: 2, victim: untouched });
    expect(stderr).toContain(`${name}: this is a link`);
  });

  test("a pipe in place of a file, and a device in the list of checksums, are refused at once", async () => {
    rmSync(at("run", "convergence.csv"));
    execFileSync("mkfifo", [at("run", "convergence.csv")]);
    const piped = await run("show", "run");
    expect(piped).toMatchObject({ status: 2, stderr: expect.stringContaining("this is no plain file") });
    cpSync(at("whole", "convergence.csv"), at("run", "convergence.csv"));
    rmSync(at("run", "convergence.csv"), { force: true });
    cpSync(at("whole", "convergence.csv"), at("run", "convergence.csv"));
    const sums = readFileSync(at("run", "SHA256SUMS"), "utf8");
    writeFileSync(at("run", "SHA256SUMS"), `${sums}${"0".repeat(64)}  ../../../../../../dev/zero\n`);
    const listed = await run("show", "run");
    expect(listed).toMatchObject({ status: 2, stderr: expect.stringContaining("which is no file of this run") });
  });
});

describe("a folder that a search is at work in", () => {
  const long = ["search", fixture("small.yaml"), "--samples", "100000000", "--workers", "1", "-o", "busy"];

  test("is not shared, and says after a kill how to go on", async () => {
    const child = spawn(process.execPath, [bin, ...long], { cwd: scratch, stdio: "ignore" });
    while (!existsSync(at("busy", "plan.json"))) await setTimeout(20);
    const second = await run(...long);
    expect(second.status).toBe(2);
    expect(second.stderr).toMatch(/^error: busy: another loopnest \(process \d+\) is writing to it; wait/);
    child.kill("SIGKILL");
    await new Promise((done) => child.on("close", done));
    const shown = await run("show", "busy");
    expect(shown.status).toBe(2);
    expect(shown.stderr).toMatch(
      new RegExp(
        "^error: busy: the search of this folder was interrupted; 0 of its parts are kept; " +
          String.raw`go on with loopnest search --resume busy\n`,
      ),
    );
    // The lock of the one that was killed holds nobody up.
    const other = await run(...command, "-o", "busy", "--force");
    expect(other.status).toBe(0);
    expect(readdirSync(at("busy")).sort()).toEqual(readdirSync(at("whole")).sort());
  });
});

test("a search with --force leaves alone what is not its own", async () => {
  mkdirSync(at("out", "parts"), { recursive: true });
  writeFileSync(at("out", "parts", "notes.txt"), "mine\n");
  writeFileSync(at("out", "notes.txt"), "mine\n");
  expect((await run(...command, "-o", "out", "--force")).status).toBe(0);
  expect(readFileSync(at("out", "parts", "notes.txt"), "utf8")).toBe("mine\n");
  expect(readFileSync(at("out", "notes.txt"), "utf8")).toBe("mine\n");
});
