import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loopnest, scratchFolder } from "./loopnest.js";

const cwd = scratchFolder();
// A product that fits whichever way it is tiled: widths change the cost of the mappings drawn, not which are drawn.
writeFileSync(join(cwd, "net.yaml"), "name: net\nsource: test\nlayers:\n- {matmul: {name: fc, m: 16, n: 8, k: 16}}\n");

/** The best of 30 mappings on gemmini as built, in a folder of that name. */
async function mapped(name: string, ...bits: string[]) {
  const args = ["map", "net.yaml", "--method", "random", "--samples", "30", "--seed", "1", "-o", name, ...bits];
  expect((await loopnest(args, { cwd })).status).toBe(0);
  const { totals } = JSON.parse(readFileSync(join(cwd, name, "result.json"), "utf8"));
  return {
    totals,
    columns: readFileSync(join(cwd, name, "layers.csv"), "utf8")
      .split("\n")[0]!
      .split(","),
  };
}

test("--bits prices elements as wide as it says, writes their bits, and reproduces", async () => {
  // As wide as the words of every level that keeps them: nothing to say.
  const words = await mapped("words", "--bits", "weights=8");
  const narrow = await mapped("narrow", "--bits", "weights=4,inputs=4,outputs=4,partialSums=16");
  expect(narrow.totals.energyUj).toBeLessThan(words.totals.energyUj);
  expect(narrow.totals.energyUj).toBeGreaterThan(words.totals.energyUj / 4);
  expect(words.columns.filter((name) => name.endsWith("its"))).toEqual([]);
  expect(narrow.columns).toEqual(expect.arrayContaining(["DRAM.Weights.bits", "DRAM.Outputs.finishedBits"]));
  const { status, stdout } = await loopnest(["evaluate", "--run", "narrow"], { cwd });
  expect([status, stdout]).toEqual([0, expect.stringContaining("every figure reproduces")]);
  const refused = await loopnest(["map", "net.yaml", "--bits", "bias=4"], { cwd });
  expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining("bias")]);
});
