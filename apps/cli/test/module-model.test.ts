import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fixture, loopnestProcess as loopnest, scratchFolder } from "./loopnest.js";

// Each run in a process of its own: a process lets code run, and loads a module, once and for all.
const scratch = scratchFolder();
const model = join(scratch, "model.mjs");
copyFileSync(fixture("model.mjs"), model);
const few = ["--samples", "200", "--starts", "2", "--seed", "1"];
const search = (out: string, ...more: string[]) =>
  loopnest(["search", fixture("small.yaml"), ...few, "-o", join(scratch, out), ...more]);
const result = (out: string) => JSON.parse(readFileSync(join(scratch, out, "result.json"), "utf8"));
/** Tiles that are fetched from DRAM, over all layers. */
const transfers = (out: string) =>
  result(out).layers.reduce(
    (sum: number, { count, mapping }: { count: number; mapping: { temporal: [string, number][] }[] }) =>
      sum + count * mapping[0]!.temporal.reduce((product, [, factor]) => product * factor, 1),
    0,
  );

describe("search --model model.mjs", () => {
  test("searches with a model that code makes, energies included, and its figures reproduce", async () => {
    const { status, stderr } = await search("own", "--model", model);
    expect({ status, code: stderr.match(/is code: it runs with your rights/g) }).toEqual({
      status: 0,
      code: [expect.any(String)],
    });
    const { learned, totals, value } = result("own");
    const tiles = transfers("own");
    expect(learned.model).toBe("with-start-up");
    expect(learned.latencyCycles).toBeCloseTo(totals.latencyCycles + 200 * tiles, 6);
    expect(learned.energyUj).toBeCloseTo(totals.energyUj + 0.005 * tiles, 6);
    expect(value / (learned.latencyCycles * learned.energyUj)).toBeCloseTo(1, 9);
    // A folder is data: what it names does not run unless the user names it.
    const run = join(scratch, "own");
    const alone = await loopnest(["evaluate", "--run", run]);
    expect(alone.status).not.toBe(0);
    expect(alone.stderr + alone.stdout).toMatch(/searched with this code, which runs only if you name it; add --model/);
    expect((await loopnest(["evaluate", "--run", run, "--model", model])).stdout).toMatch(/every figure reproduces/);
    writeFileSync(model, readFileSync(model, "utf8").replaceAll("200", "300"));
    expect((await loopnest(["evaluate", "--run", run, "--model", model])).status).not.toBe(0);
  });

  test.each([
    ["no-function.mjs", "export const x = 1;", /no function as its default export/],
    ["no-model.mjs", "export default () => ({});", /what it makes has no function machine/],
    ["throws.mjs", "export default () => { throw new Error('no licence'); };", /it has thrown: no licence/],
    ["broken.mjs", "export default (", /the module cannot be loaded/],
    [
      "nan.mjs",
      `import make from ${JSON.stringify(fixture("model.mjs"))};
      export default (target, base) => { const model = make(target, base); const layer = model.layer;
        const evaluate = (n, m, r, out) => { out.energyPj = 1; out.latencyCycles = NaN; };
        model.layer = (problem) => ({ ...layer(problem), evaluate }); return model; };`,
      /with-start-up.*NaN|NaN.*with-start-up/,
    ],
  ])("says what is wrong with %s", async (name, code, message) => {
    writeFileSync(join(scratch, name), code);
    const { status, stderr } = await search("wrong", "--model", join(scratch, name));
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringMatching(message) });
  });
});
