import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { methodNames, offeredMethod } from "../src/plan/methods.js";
import type { RunResult } from "../src/run-folder/run-result.js";
import { fixture, loopnest, scratchFolder } from "./loopnest.js";

const scratch = scratchFolder();
const run = (...args: string[]) => loopnest(args, { cwd: scratch });

/** Without the breaks of its lines. */
const help = run("search", "--help").then(({ stdout }) => stdout.replaceAll(/\s+/g, " "));

describe.each(methodNames)("--method %s", (method) => {
  // On worker threads of the built program: what a method loads (WebAssembly, say) must be there.
  test("searches, and its result reproduces", async () => {
    const own = method === "cosa" ? ["--designs", "2"] : [];
    const budget = offeredMethod(method).takes.includes("samples") ? ["--samples", "120"] : [];
    const { status, stderr } = await run(
      "search",
      fixture("small.yaml"),
      "--method",
      method,
      ...own,
      ...budget,
      "-o",
      method,
    );
    expect({ status, stderr }).toMatchObject({ status: 0 });
    const result: RunResult = JSON.parse(readFileSync(join(scratch, method, "result.json"), "utf8"));
    expect(result.method).toBe(method);
    if (method !== "exact") expect(result.samples).toBeLessThanOrEqual(120);
    expect((await run("evaluate", "--run", method)).status).toBe(0);
  });

  test("refuses options of other methods, and stands in the help", async () => {
    const { takes, summary } = offeredMethod(method);
    const other = (["gap", "steps", "designs"] as const).find((option) => !takes.includes(option))!;
    const { status, stderr } = await run("search", fixture("small.yaml"), "--method", method, `--${other}`, "1");
    expect(status).toBe(2);
    expect(stderr).toContain(`--${other}: method ${method} has no use for it; it takes --${takes[0]}`);
    expect(await help).toContain(summary);
  });
});
