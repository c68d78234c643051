import { gemmini, matmul, random } from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { describe, expect, it } from "vitest";
import { makeNetwork } from "../network/network.js";
import { neighbourHardware, randomHardware, wholeSize } from "./random-hardware.js";

function prepared(fixed: Record<string, number> = {}) {
  const layers = [{ problem: matmul({ m: 8, n: 8, k: 8 }), count: 1 }];
  const workload = { name: "one", description: "", source: "test", layers };
  return makeNetwork({ model: analyticalModel(gemmini), workload, objective: { name: "edp" }, fixed });
}

describe("randomHardware", () => {
  it("draws whole sizes, every octave equally likely, and leaves fixed ones", () => {
    const source = random(1);
    const octaves = new Array<number>(12).fill(0);
    for (let draw = 0; draw < 6000; draw++) {
      const [peDim, scratchpadKb, accumulatorKb] = randomHardware(prepared({ peDim: 16 }), source);
      expect(peDim).toBe(16);
      expect(Number.isInteger(scratchpadKb) && Number.isInteger(accumulatorKb)).toBe(true);
      expect(scratchpadKb).toBeGreaterThanOrEqual(1);
      expect(scratchpadKb).toBeLessThanOrEqual(4096);
      if (scratchpadKb! >= 16 && scratchpadKb! < 4096) octaves[Math.floor(Math.log2(scratchpadKb!))]!++;
    }
    // 500 each on average; five standard deviations are 107.
    for (const count of octaves.slice(4)) expect(Math.abs(count - 500)).toBeLessThan(120);
  });
});

describe("neighbourHardware", () => {
  it("changes one free size, within its range", () => {
    const source = random(2);
    for (const sizes of [Float64Array.of(2, 1, 4096), Float64Array.of(128, 4096, 1), Float64Array.of(17, 100, 3)]) {
      for (let draw = 0; draw < 100; draw++) {
        const changed = neighbourHardware(prepared(), sizes, source)!;
        expect(changed.filter((size, k) => size !== sizes[k]).length).toBeLessThanOrEqual(1);
        gemmini.sizes.forEach(({ min, max }, k) => {
          expect(changed[k]).toBe(wholeSize(changed[k]!, min, max, 1));
        });
      }
    }
  });

  it("has none if all sizes are fixed", () => {
    const fixed = { peDim: 16, scratchpadKb: 64, accumulatorKb: 64 };
    expect(neighbourHardware(prepared(fixed), Float64Array.of(16, 64, 64), random(1))).toBeNull();
  });
});
