import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { builtInWorkload, gemmini } from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { descent, runSearch } from "@loopnest/optimizers";
import { build } from "esbuild";
import { beforeAll, describe, expect, it } from "vitest";
import { runExample } from "./run-example.js";

const folder = fileURLToPath(new URL("../web-worker", import.meta.url));
/** What a browser has to load for a search: mapspace, closed form and descent, with all targets and networks. */
const CORE_LIMIT_BYTES = 60_000;

describe("web worker", () => {
  let worker: Uint8Array;

  // As the comment in page.ts says, and minified. `platform: browser` fails on whatever only Node has.
  beforeAll(async () => {
    const { outputFiles } = await build({
      entryPoints: ["page.ts", "search-worker.ts"].map((file) => `${folder}/${file}`),
      outdir: `${folder}/dist`,
      bundle: true,
      minify: true,
      format: "esm",
      platform: "browser",
      conditions: ["@loopnest/source"],
      write: false,
    });
    worker = outputFiles.find(({ path }) => path.endsWith("search-worker.js"))!.contents;
    await build({
      entryPoints: [`${folder}/search-worker.ts`],
      outdir: `${folder}/dist`,
      bundle: true,
      format: "esm",
      conditions: ["@loopnest/source"],
    });
  });

  it(`is bundled for a browser in less than ${CORE_LIMIT_BYTES / 1000} kB of gzip`, () => {
    expect(gzipSync(worker, { level: 9 }).length).toBeLessThan(CORE_LIMIT_BYTES);
  });

  it("searches, reports progress, and finds what a search without a worker finds", async () => {
    const printed = await runExample("web-worker/page.ts");
    expect(printed.filter((line) => /^\d+ samples, best EDP/.test(line)).length).toBeGreaterThan(0);
    const { best } = await runSearch(
      descent,
      { model: analyticalModel(gemmini), workload: builtInWorkload("bert"), objective: { name: "edp" }, fixed: {} },
      { seed: 1, samples: 2000 },
    );
    expect(printed.at(-1)).toBe(`done: EDP ${best!.value.toExponential(3)} on ${JSON.stringify(best!.hardware)}`);
  });
});
