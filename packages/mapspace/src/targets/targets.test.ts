import { describe, expect, it } from "vitest";
import { makeMinimalHardware } from "../hardware/minimal-hardware.js";
import { emptyNeeds } from "../hardware/needs.js";
import { compileTarget, hardwareSizes } from "../hardware/target.js";
import { makeMapspace } from "../mapping/mapspace.js";
import { evaluateMonomial } from "../numbers/monomial.js";
import { conv } from "../problem/conv.js";
import { matmul } from "../problem/matmul.js";
import { builtInTarget, targetNames } from "./catalogue.js";

/** Rows of one instance, words of one instance, instances, and columns and rows of children, at the default sizes. */
function built(name: string) {
  const one = builtInTarget(name);
  const compiled = compileTarget(one);
  const sizes = hardwareSizes(one, {});
  const at = (monomial: Parameters<typeof evaluateMonomial>[0] | null) =>
    monomial === null ? null : evaluateMonomial(monomial, sizes);
  return {
    macs: at(compiled.computeInstances),
    levels: Object.fromEntries(
      compiled.levels.map((level) => [
        level.template.name,
        [at(level.rows), at(level.capacityWords), at(level.instances), at(level.fanOutX), at(level.fanOutY)],
      ]),
    ),
  };
}

describe("machines as built", () => {
  it("gemmini: 16 x 16, 256 KB and 64 KB", () => {
    expect(built("gemmini")).toEqual({
      macs: 256,
      levels: {
        DRAM: [null, null, 1, 1, 1],
        Scratchpad: [16384, 262144, 1, 16, 1],
        Accumulator: [1024, 1024, 16, 16, 1],
        Registers: [1, 1, 256, 1, 1],
      },
    });
  });

  it("eyeriss: 12 x 14 PEs, 108 KB of 16-bit words", () => {
    expect(built("eyeriss")).toEqual({
      macs: 168,
      levels: {
        DRAM: [null, null, 1, 1, 1],
        GlobalBuffer: [13824, 55296, 1, 14, 12],
        InputSpad: [12, 12, 168, 1, 1],
        WeightSpad: [224, 224, 168, 1, 1],
        SumSpad: [24, 24, 168, 1, 1],
      },
    });
  });

  it("simba: 16 PEs of 8 vector MACs of width 8", () => {
    expect(built("simba")).toEqual({
      macs: 1024,
      levels: {
        DRAM: [null, null, 1, 1, 1],
        GlobalBuffer: [2048, 65536, 1, 4, 4],
        InputBuffer: [1024, 8192, 16, 8, 1],
        WeightBuffer: [512, 4096, 128, 1, 1],
        AccumulationBuffer: [expect.closeTo(128, 9), expect.closeTo(128, 9), 128, 1, 8],
        WeightRegisters: [1, 1, 1024, 1, 1],
      },
    });
  });

  it("nvdla: 8 x 8 with 32 banks of 512 x 8 bytes, and 32 x 64 with 16 banks of 512 x 64 bytes", () => {
    expect(built("nvdla-small")).toEqual({
      macs: 64,
      levels: {
        DRAM: [null, null, 1, 1, 1],
        ConvolutionBuffer: [32 * 512, 131072, 1, 8, 1],
        Accumulator: [16, 16, 8, 1, 8],
        Registers: [1, 1, 64, 1, 1],
      },
    });
    expect(built("nvdla-large")).toEqual({
      macs: 2048,
      levels: {
        DRAM: [null, null, 1, 1, 1],
        ConvolutionBuffer: [16 * 512, 524288, 1, 32, 1],
        Accumulator: [64, 64, 32, 1, 64],
        Registers: [1, 1, 2048, 1, 1],
      },
    });
  });

  it("tpu-v1: 256 x 256, 24 MiB, 4096 accumulators a column", () => {
    expect(built("tpu-v1")).toEqual({
      macs: 65536,
      levels: {
        DRAM: [null, null, 1, 1, 1],
        UnifiedBuffer: [98304, 25165824, 1, 256, 1],
        Accumulators: [4096, 4096, 256, 1, 256],
        WeightRegisters: [1, 1, 65536, 1, 1],
      },
    });
  });

  it("systolic: 16 x 16, two buffers each of 32 KB and of 512 sums a column", () => {
    expect(built("systolic")).toEqual({
      macs: 256,
      levels: {
        DRAM: [null, null, 1, 1, 1],
        Scratchpad: [2048, 32768, 1, 16, 1],
        Accumulator: [512, 512, 16, 1, 16],
        Registers: [1, 1, 256, 1, 1],
      },
    });
  });
});

describe.each(targetNames)("%s", (name) => {
  const one = builtInTarget(name);

  it("has defaults within range, sources, and tensors by their usual names", () => {
    expect(() => hardwareSizes(one, {})).not.toThrow();
    expect(one.source).toMatch(/\d{4}|nvdla\.org/);
    for (const { keeps } of one.levels) {
      for (const tensor of keeps) expect(["Weights", "Inputs", "Outputs"]).toContain(tensor);
    }
  });

  it("can map convolutions, groups and matrix products", () => {
    const problems = [
      conv({ R: 3, S: 3, P: 14, Q: 14, C: 64, K: 64, N: 2 }),
      conv({ R: 3, S: 3, P: 14, Q: 14, C: 1, K: 1, G: 64 }),
      matmul({ m: 128, n: 768, k: 512, batch: 12 }),
    ];
    for (const problem of problems) expect(makeMapspace(one, problem).slots.length).toBeGreaterThan(0);
  });

  it("orders every dimension that it allows at a level of fixed order, and nothing else", () => {
    for (const { space } of one.levels) {
      if (space.order === "any" || space.temporal === "all") continue;
      expect([...space.order].sort()).toEqual([...space.temporal].sort());
    }
  });

  it("has unrolling only where there is fan-out", () => {
    for (const { template, fanOutX, fanOutY } of compileTarget(one).levels) {
      const grows = (exponents: readonly number[]) => exponents.some((exponent) => exponent > 0);
      expect(grows(fanOutX.exponents)).toBe(template.space.spatialX.length > 0);
      expect(grows(fanOutY.exponents)).toBe(template.space.spatialY.length > 0);
    }
  });

  it("gets minimal hardware for any needs within range: every capacity and fan-out has a size of its own", () => {
    const compiled = compileTarget(one);
    const solver = makeMinimalHardware(compiled);
    const needs = emptyNeeds(one.levels.length);
    const sizes = new Float64Array(one.sizes.length);
    const free = one.sizes.map(() => Number.NaN);
    for (let round = 1; round <= 12; round++) {
      compiled.levels.forEach((level, l) => {
        const growing = level.rows?.exponents.some((exponent) => exponent !== 0);
        needs.words[l] = growing ? 1 + ((round * (l + 3) * 7) % 200) : 1;
        needs.x[l] = level.template.space.spatialX.length > 0 ? 1 + ((round * 5 + l) % 16) : 1;
        needs.y[l] = level.template.space.spatialY.length > 0 ? 1 + ((round * 3 + l) % 16) : 1;
      });
      expect(solver.solve(needs, free, true, sizes)).toBe(true);
      compiled.levels.forEach((level, l) => {
        const { capacityWords, fanOutX, fanOutY } = level;
        if (capacityWords !== null)
          expect(evaluateMonomial(capacityWords, sizes)).toBeGreaterThanOrEqual(needs.words[l]! * (1 - 1e-12));
        expect(evaluateMonomial(fanOutX, sizes)).toBeGreaterThanOrEqual(needs.x[l]!);
        expect(evaluateMonomial(fanOutY, sizes)).toBeGreaterThanOrEqual(needs.y[l]!);
      });
    }
  });
});

describe("target", () => {
  it("suggests the name that was meant", () => {
    expect(() => builtInTarget("gemini")).toThrow("there is no target gemini; did you mean gemmini?");
    expect(() => builtInTarget("")).toThrow(
      "choose one of gemmini, eyeriss, simba, nvdla-small, nvdla-large, tpu-v1, systolic",
    );
  });
});
