import { conv, LoopnestError, type Mapping, matmul, systolic } from "@loopnest/mapspace";
import { builtInEnergyTable, evaluate, priceTarget } from "@loopnest/model-analytical";
import { describe, expect, it } from "vitest";
import { defaultMapping } from "./default-tiler.js";

const priced = priceTarget(systolic, builtInEnergyTable("dosa"));
const factor = (mapping: Mapping, level: number, dim: string) =>
  [...mapping[level]!.temporal, ...mapping[level]!.spatial].find(([name]) => name === dim)?.[1] ?? 1;

describe("defaultMapping", () => {
  it("fills the array with the largest divisors that it takes", () => {
    const mapping = defaultMapping(matmul({ m: 10, n: 48, k: 21 }), { peDim: 16 });
    expect(factor(mapping, 1, "K")).toBe(16);
    expect(mapping[2]!.spatial).toEqual([["C", 7, "Y"]]);
  });

  it("takes everything into one tile where it fits", () => {
    const mapping = defaultMapping(conv({ R: 3, S: 3, P: 8, Q: 8, C: 16, K: 16 }), {});
    expect(mapping[0]!.temporal).toEqual([]);
  });

  it("grows tiles until no dimension can grow any more, and never spills partial sums", () => {
    const problem = conv({ R: 3, S: 3, P: 16, Q: 16, C: 128, K: 128 });
    for (const hardware of [
      { peDim: 8, scratchpadKb: 8, accumulatorKb: 8 },
      { peDim: 16, scratchpadKb: 64, accumulatorKb: 16 },
    ]) {
      const mapping = defaultMapping(problem, hardware);
      const { levels } = evaluate(problem, priced.architecture(hardware), mapping);
      expect(levels["DRAM"]!.tensors["Outputs"]!.reads).toBe(0);
      for (const [dim, bound] of mapping[0]!.temporal) {
        const smallest = [2, 3, 5, 7].find((prime) => bound % prime === 0)!;
        const grown = mapping.map((level, l) => {
          if (l === 0) {
            return {
              ...level,
              temporal: level.temporal.map(([d, n]) => [d, d === dim ? n / smallest : n] as const),
            };
          }
          if (l !== 2) return level;
          const others = level.temporal.filter(([d]) => d !== dim);
          return { ...level, temporal: [...others, [dim, factor(mapping, 2, dim) * smallest] as const] };
        });
        expect(() => evaluate(problem, priced.architecture(hardware), grown), dim).toThrow(LoopnestError);
      }
    }
  });

  it("says so if not even one column of the array fits", () => {
    const problem = matmul({ m: 16, n: 64, k: 64 });
    expect(() => defaultMapping(problem, { peDim: 64, scratchpadKb: 1 })).toThrow(
      "Scratchpad: the mapping needs 4160 words",
    );
  });
});
