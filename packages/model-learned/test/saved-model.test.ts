import { gemmini, LoopnestError } from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import { readModel, writeModel } from "../src/saved/model-file.js";
import { gemminiRtl } from "../src/trained/gemmini-rtl.js";

const model = gemminiRtl();
const text = writeModel(model);

function faultOf(changed: string) {
  try {
    readModel(changed, { file: "my-chip.json" });
  } catch (error) {
    if (error instanceof LoopnestError) return error;
  }
  throw new Error("no fault");
}

describe("a saved model", () => {
  it("reads back as it was written", () => {
    expect(writeModel(readModel(text))).toBe(text);
    expect(readModel(text).residual.networks).toEqual(model.residual.networks);
  });

  it("says what it is: target, features, data, metrics", () => {
    expect(model.target).toBe(gemmini.name);
    expect(model.featureNames).toContain("computeCommandsPerCall");
    expect(model.origin).toMatchObject({ samples: 1567, shapes: 60, dataHash: "fnv1a64:7ac6283f02362db0" });
    expect(model.origin.metrics!.both.spearman).toBeGreaterThan(0.97);
    expect(model.origin.metrics!.both.medianRelativeError).toBeLessThan(0.2);
    expect(model.origin.metrics!.analytical.spearman).toBeCloseTo(0.859, 2);
  });

  it.each([
    ["a file of another kind", text.replace("loopnest-learned-model", "something-else"), /kind/],
    ["another version", text.replace('"schemaVersion": 3', '"schemaVersion": 2'), /schemaVersion/],
    ["another unit", text.replace('"latency": "cycles"', '"latency": "seconds"'), /units\.latency/],
    ["another counting", text.replace('"timeloop-2022"', '"timeloop-1999"'), /counts/],
    ["a file cut short", text.slice(0, 5000), /JSON/],
    ["a feature this version does not compute", text.replace('"calls"', '"callz"'), /feature callz/],
    ["a missing constant", text.replace('"overlap"', '"overlapp"'), /constant overlap is missing/],
    [
      "a correction beyond reason",
      text.replace(/("residual": \{\s*"mean": )[^,]+/, "$1100000"),
      /^residual\.mean: is 100000/,
    ],
    ["damaged weights", text.replace(/("parameters": ".{40}).{8}/, "$1"), /base64/],
    ["weights that are no numbers", text.replace(/("parameters": ").{8}/, "$1AADAfwAA"), /base64/],
    ["a feature without spread", text.replace(/("deviation": \[\s*)[\d.]+/, "$10"), /features\.deviation\.0/],
    ["a network beyond all measure", text.replace(/("widths": \[\s*\d+,\s*)32/, "$1100000000"), /widths/],
    ["a scale that is no number", text.replace(/"scale": [\d.]+/, '"scale": "big"'), /scale/],
  ])("refuses %s", (_, changed, message) => {
    expect(changed).not.toBe(text);
    const { data } = faultOf(changed);
    expect(`${data.path}: ${data.problem}; ${data.fix}`).toMatch(message);
    expect(data.code).toBe("input");
    expect(data.position).toMatchObject({ file: "my-chip.json" });
  });
});
