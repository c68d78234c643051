import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { builtInTarget, builtInWorkload } from "@loopnest/mapspace";
import { expect, test } from "vitest";
import { scratchFolder } from "../../test/loopnest.js";
import { targetInput } from "./target-input.js";
import { workloadInput } from "./workload-input.js";

const folder = scratchFolder();
const target = join(folder, "machine.json");
writeFileSync(target, JSON.stringify(builtInTarget("gemmini")));
const workload = join(folder, "network.json");
writeFileSync(workload, JSON.stringify(builtInWorkload("bert")));

test.each(["gemmini", target])("%s given as a workload is called what it is", async (given) => {
  await expect(workloadInput(given)).rejects.toThrow(`${given} is a target, not a workload; give it with --target`);
});

test.each(["bert", workload])("%s given as a target is called what it is", async (given) => {
  await expect(targetInput(given)).rejects.toThrow(`${given} is a workload, not a target; give it as the workload`);
});

test("where it belongs it is read", async () => {
  expect((await targetInput(target)).name).toBe("gemmini");
  expect((await workloadInput(workload)).name).toBe("bert");
});
