import { type FreeSize, gemmini, isSize, matmul, seededRandom } from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { describe, expect, it } from "vitest";
import { makeNetwork } from "../network/network.js";
import { neighbourHardware, randomHardware } from "./random-hardware.js";

function prepared(fixed: Record<string, number> = {}, sizes: readonly FreeSize[] = gemmini.sizes) {
  const layers = [{ problem: matmul({ m: 8, n: 8, k: 8 }), count: 1 }];
  const workload = { name: "one", description: "", source: "test", layers };
  return makeNetwork({ model: analyticalModel({ ...gemmini, sizes }), workload, objective: { name: "edp" }, fixed });
}

describe("randomHardware", () => {
  it("draws whole sizes, every octave equally likely, and leaves fixed ones", () => {
    const source = seededRandom(1);
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

describe("sizes whose range does not begin or end at a multiple of their step", () => {
  it("are drawn and changed to multiples only", () => {
    const sizes = gemmini.sizes.map((size) => ({ ...size, min: 2, max: 120, step: 16, default: 64 }));
    const [task, source] = [prepared({}, sizes), seededRandom(3)];
    const drawn = new Set<number>();
    let hardware = randomHardware(task, source);
    for (let draw = 0; draw < 200; draw++) {
      for (const value of hardware) drawn.add(value);
      hardware = draw % 2 === 0 ? neighbourHardware(task, hardware, source)! : randomHardware(task, source);
    }
    expect([...drawn].sort((a, b) => a - b)).toEqual([16, 32, 48, 64, 80, 96, 112]);
  });
});

describe("neighbourHardware", () => {
  it("changes one free size, within its range", () => {
    const source = seededRandom(2);
    for (const sizes of [Float64Array.of(2, 1, 4096), Float64Array.of(128, 4096, 1), Float64Array.of(17, 100, 3)]) {
      for (let draw = 0; draw < 100; draw++) {
        const changed = neighbourHardware(prepared(), sizes, source)!;
        expect(changed.filter((size, k) => size !== sizes[k]).length).toBeLessThanOrEqual(1);
        gemmini.sizes.forEach((size, k) => {
          expect(isSize(size, changed[k]!)).toBe(true);
        });
      }
    }
  });

  it("has none if all sizes are fixed", () => {
    const fixed = { peDim: 16, scratchpadKb: 64, accumulatorKb: 64 };
    expect(neighbourHardware(prepared(fixed), Float64Array.of(16, 64, 64), seededRandom(1))).toBeNull();
  });
});
