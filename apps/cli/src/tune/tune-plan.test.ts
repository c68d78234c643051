import { expect, test } from "vitest";
import { makeTunePlan, sampledShapes } from "./tune-plan.js";

const options = {
  ...{ target: "systolic", measure: "sim", network: ["mobilenet-v2"], weight: [], dim: [], fix: [] },
  driver: "plain",
  ...{ samples: 10, seed: 1, jobs: 1, batch: 1, json: false, jsonl: false },
} as const;
const names = async (sampleNetwork: readonly string[]) =>
  sampledShapes(await makeTunePlan({ ...options, sampleNetwork })).map(({ name }) => name);

test("proposals map the layers that are searched, or those of the networks given, each shape once", async () => {
  const own = await names([]);
  expect(own).toContain("stem");
  const others = await names(["bert-base", "vit-b16"]);
  expect(new Set(others).size).toBe(others.length);
  for (const name of own) expect(others).not.toContain(name);
  await expect(names(["no-such-network"])).rejects.toThrow(/no-such-network/);
});
