import { describe, expect, it } from "vitest";
import { builtInEnergyTable, isBuiltInEnergyTable } from "./catalogue.js";
import { emptyPrice } from "./energy-table.js";
import { nodeFactors } from "./technology-nodes.js";

describe("factors between technologies", () => {
  it("are the paper's at its nodes: energy 65 nm at 1.1 V to 32 nm at 0.9 V, area 45 to 7 nm", () => {
    // Both polynomials as the authors' corrigendum writes them.
    const at65 = 3.755 * 1.1 ** 2 - 4.398 * 1.1 + 1.975;
    expect(nodeFactors(65, 32).energy).toBeCloseTo(0.4571 / at65, 4);
    expect(nodeFactors(45, 7).area).toBeCloseTo(0.059, 12);
    // Its area table, to its two digits: 130 to 14, 90 to 32, 20 to 10.
    expect(nodeFactors(130, 14).area).toBeCloseTo(0.027, 3);
    expect(nodeFactors(90, 32).area).toBeCloseTo(0.16, 2);
    expect(nodeFactors(20, 10).area).toBeCloseTo(0.48, 2);
  });

  it("make everything smaller and cheaper on the way down, and multiply", () => {
    for (let nm = 7; nm < 130; nm++) {
      const { energy, area } = nodeFactors(nm + 1, nm);
      expect(Math.max(energy, area)).toBeLessThan(1);
      expect(nodeFactors(nm, 40).energy * nodeFactors(40, 7).energy).toBeCloseTo(nodeFactors(nm, 7).energy, 9);
    }
    expect(nodeFactors(40, 40)).toEqual({ energy: 1, area: 1 });
    for (const nm of [5, 131, 0, Number.NaN]) expect(() => nodeFactors(40, nm)).toThrow("from 130 to 7 nm");
  });
});

describe("a scaled table", () => {
  it("scales what is on the chip, and says by what", () => {
    const [plain, scaled] = ["cacti-40nm", "cacti-40nm@7nm"].map(builtInEnergyTable) as [
      ReturnType<typeof builtInEnergyTable>,
      ReturnType<typeof builtInEnergyTable>,
    ];
    const { energy, area } = nodeFactors(40, 7);
    const [before, after] = [emptyPrice(), emptyPrice()];
    for (const kind of ["dram", "scratchpad", "accumulator", "register"] as const) {
      const level = { name: kind, kind, wordBits: 8 };
      plain.vectorAccessPj(level, 512, 64, before);
      scaled.vectorAccessPj(level, 512, 64, after);
      expect(after.value / before.value).toBeCloseTo(kind === "dram" ? 1 : energy, 12);
      plain.areaUm2(level, 512, 64, before);
      scaled.areaUm2(level, 512, 64, after);
      expect(after.value).toBeCloseTo(before.value * area, 9);
    }
    expect(scaled.macEnergyPj(8) / plain.macEnergyPj(8)).toBeCloseTo(energy, 12);
    expect(scaled.description).toContain("from 40 to 7 nm");
    expect(scaled.source).toContain("Stillmaker and Baas");
  });

  it("is asked for by name, of a table that has a technology", () => {
    expect(isBuiltInEnergyTable("cacti-40nm@16nm")).toBe(true);
    expect(isBuiltInEnergyTable("no-table@16nm")).toBe(false);
    expect(() => builtInEnergyTable("dosa@7nm")).toThrow("dosa is of no one technology");
    expect(() => builtInEnergyTable("cacti-40nm@3nm")).toThrow("there are no factors for 3 nm");
  });
});
