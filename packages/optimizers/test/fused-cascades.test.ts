import { conv, type Edge } from "@loopnest/mapspace";
import * as fc from "fast-check";
import { describe, it } from "vitest";
import { type Cascade, checkSegment } from "./check-segment.js";

const count = Number(process.env.PROVE_CASCADES ?? 3);
const seed = Number(process.env.PROVE_SEED ?? 1);

const layer = fc.record({
  ...{ channels: fc.constantFrom(1, 1, 2, 3), window: fc.constantFrom(1, 1, 2, 3), stride: fc.constantFrom(1, 1, 2) },
  whole: fc.constantFrom(false, false, true),
});

/**
 * Chains of two or three small layers: products, windows, strides, reductions on the way, in buffers that are tight.
 */
const cascades = fc
  .record({
    ...{ rows: fc.constantFrom(1, 2, 3, 4), inputs: fc.constantFrom(1, 2), first: fc.constantFrom(1, 2) },
    ...{ layers: fc.array(layer, { minLength: 1, maxLength: 2 }), words: fc.integer({ min: 4, max: 12 }) },
  })
  .map(({ rows, inputs, first, layers, words }): Cascade => {
    const strides = layers.map(({ stride, window }): number => (window > 1 ? stride : 1));
    const all = strides.reduce((product, stride) => product * stride, 1);
    let [P, C]: [number, number] = [rows * all, first];
    const problems = [conv({ R: 1, S: 1, P, Q: 1, C: inputs, K: C })];
    for (const [i, { channels, window }] of layers.entries()) {
      P /= strides[i]!;
      problems.push(conv({ R: window, S: 1, P, Q: 1, C, K: channels, stride: [strides[i]!, 1] }));
      C = channels;
    }
    const edges = layers.map(
      ({ whole }): Edge => ({
        ...{ from: "", to: "", tensor: "Inputs", count: 1, ...(whole && { whole: ["K"] }) },
        ranks: [
          ["P", "P"],
          ["K", "C"],
        ],
      }),
    );
    const isPair = edges.length === 1 && edges[0]!.whole === undefined;
    return { words, edges, problems, shared: [problems.map(() => "P"), ...(isPair ? [["K", "C"]] : [])] };
  })
  .filter(({ problems }) => problems.every(({ dims }) => Object.values(dims).reduce((n, bound) => n * bound, 1) <= 24));

describe(`${count} random cascades, seed ${seed}`, () => {
  it("are fused as well as plain enumeration can", { timeout: 3_600_000 }, () =>
    fc.assert(fc.asyncProperty(cascades, checkSegment), { numRuns: count, seed }),
  );
});
