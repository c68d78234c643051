import { conv, type Edge, heldTensor } from "@loopnest/mapspace";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { heldByWalking } from "./held-by-walking.js";

const size = fc.integer({ min: 2, max: 4 });
const kernel = fc.integer({ min: 1, max: 4 });

describe("what is held between two layers", () => {
  it("is what a walk through all turns holds, whatever the windows, the cuts and their order", () => {
    const shapes = fc.record({
      ...{ tiles: fc.tuple(size, size, size), trips: fc.tuple(size, size, size), R: kernel, S: kernel },
      ...{ stride: fc.tuple(fc.constantFrom(1, 2), fc.constantFrom(1, 2)), dims: fc.shuffledSubarray(["P", "Q", "C"]) },
    });
    fc.assert(
      fc.property(shapes, ({ tiles, trips, R, S, stride, dims }) => {
        // Windows that leave nothing out: what the producer makes beside them is another matter.
        fc.pre(R >= stride[0] && S >= stride[1]);
        const [P, Q, C] = [0, 1, 2].map((i) => tiles[i]! * trips[i]!) as [number, number, number];
        const consumer = conv({ R, S, P, Q, C, K: 1, stride });
        const producer = conv({ R: 1, S: 1, P: P * stride[0], Q: Q * stride[1], C: 1, K: C });
        const edge: Edge = { from: "", to: "", tensor: "Inputs", count: 1, ranks: [] };
        const index = (dim: string) => ["P", "Q", "C"].indexOf(dim);
        const read = new Map(dims.map((dim) => [dim, tiles[index(dim)]!]));
        const coefficient = (dim: string) => (dim === "C" ? 1 : stride[index(dim)]!);
        const made = new Map(dims.map((dim) => [dim === "C" ? "K" : dim, tiles[index(dim)]! * coefficient(dim)]));
        const held = heldTensor(edge, [producer, consumer], [made, read], [...dims].reverse());
        const walked = heldByWalking(
          consumer,
          "Inputs",
          dims.map((dim) => ({ dim, trips: trips[index(dim)]! })),
        );
        // A halo has its buffer all the time; with two turns it is never full of old and new rows at once.
        const isSteady = dims.every((dim) => trips[index(dim)]! > 2);
        if (isSteady) expect(held).toEqual(walked);
        expect(held.words).toBeGreaterThanOrEqual(walked.words);
        expect(held.halo).toBeGreaterThanOrEqual(walked.halo);
      }),
      { numRuns: 40 },
    );
  });
});
