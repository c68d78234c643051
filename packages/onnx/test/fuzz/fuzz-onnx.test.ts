import { expect, it } from "vitest";
import { readOnnx } from "../../src/index.js";
import { fuzzOnnx } from "./fuzz-onnx.js";
import { smallModels } from "./small-models.js";

it("the models that are damaged are whole", () => {
  for (const bytes of smallModels()) expect(readOnnx(bytes).workload.layers.length).toBeGreaterThan(0);
});

it.each(["bytes", "fields"] as const)("models with damaged %s end in a workload or a clear error", (damage) => {
  expect(fuzzOnnx(600, 1, damage)).toEqual([]);
});
