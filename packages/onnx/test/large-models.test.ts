import { expect, it } from "vitest";
import { readOnnx } from "../src/index.js";
import { LARGE_MODELS } from "./large-models.js";

/** Work that grows as the square of this would take minutes; all kinds are measured by `npm run bench:large-models`. */
const NODES = 30_000;

it.each(["names of modules in modules, in a loop", "many products that one late value scales"])(
  "%s, 30,000 of them, are read",
  (name) => {
    const { operators } = readOnnx(LARGE_MODELS[name]!(NODES));
    expect(operators.reduce((sum, { nodes }) => sum + nodes.length, 0)).toBeGreaterThanOrEqual(NODES);
  },
);
