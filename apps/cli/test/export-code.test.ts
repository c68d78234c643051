import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fixture, loopnest, scratchFolder } from "./loopnest.js";

const scratch = scratchFolder();
const run = (...args: string[]) => loopnest(args, { cwd: scratch });

test("export c writes a program that compiles without a warning, computes the layer, counts its words", async () => {
  const { status, stdout } = await run("export", "c", "--case", fixture("case.yaml"), "-o", "c");
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: `cc -std=c99 -O2 -o ${join("c", "layer")} ${join("c", "layer.c")}\n`,
  });
  const flags = ["-std=c99", "-Wall", "-Werror", "-o", "layer", "layer.c"];
  execFileSync("gcc", flags, { cwd: join(scratch, "c") });
  const printed = execFileSync(join(scratch, "c", "layer"), { encoding: "utf8" })
    .trim()
    .split("\n");
  expect(JSON.parse(printed.at(-1)!)).toEqual({ equal: true });
});

test("both go through the layers of a run, or those that are named", async () => {
  const searched = await run("search", fixture("small.yaml"), "--samples", "50", "-o", "run");
  expect(searched.status).toBe(0);
  const layers = readdirSync(join(scratch, "run", "layers")).map((file) => file.replace(/\.yaml$/, ""));
  const all = await run("export", "trace", "--run", "run", "-o", "traces", "--json");
  expect(JSON.parse(all.stdout)).toEqual(
    layers.map((layer) => ({ layer, file: join("traces", `${layer}.trace.json`) })),
  );
  const trace = JSON.parse(readFileSync(join(scratch, "traces", `${layers[0]}.trace.json`), "utf8"));
  expect(trace.traceEvents.some(({ ph, args }: { ph: string; args: object }) => ph === "X" && "words" in args)).toBe(
    true,
  );
  mkdirSync(join(scratch, "one"));
  const one = await run("export", "c", "--run", "run", "--layer", layers[0]!.replace(/^\d+-/, ""), "-o", "one");
  expect({ status: one.status, files: readdirSync(join(scratch, "one")) }).toEqual({
    status: 0,
    files: [`${layers[0]}.c`],
  });
});

test("says what is wrong", async () => {
  writeFileSync(join(scratch, "case.json"), "{}");
  const nothing = await run("export", "c", "-o", "c");
  expect(nothing).toMatchObject({ status: 2, stderr: expect.stringContaining("--run DIR or --case FILE") });
  const empty = await run("export", "trace", "--case", "case.json", "-o", "c");
  expect(empty).toMatchObject({ status: 2, stderr: expect.stringMatching(/^case\.json:1:\d+: /) });
});
