import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loopnest, scratchFolder } from "./loopnest.js";

const scratch = scratchFolder();

test("loopnest doctor says what is there, and what something is for", async () => {
  const { status, stdout, stderr } = await loopnest(["doctor"], { cwd: scratch });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain(process.versions.node);
  for (const what of ["processor cores", "this folder", "loopnest.yaml", "PNG", "verilator", "chromium"]) {
    expect(stdout).toMatch(new RegExp(`^(ok|missing) +${what} `, "m"));
  }
});

test("what must be put right is a failure", async () => {
  writeFileSync(join(scratch, "loopnest.yaml"), "search: {sampels: 1}\n");
  const { status, stdout, stderr } = await loopnest(["doctor", "--json"], { cwd: scratch });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^error: to be put right: loopnest\.yaml \(.*sampels/);
  const faults = JSON.parse(stdout).filter(({ state }: { state: string }) => state === "fault");
  expect(faults).toMatchObject([{ name: "loopnest.yaml" }]);
});
