import { describe, expect, it } from "vitest";
import { keepsLimits, objectiveExponents, objectiveNames, objectiveUnit, objectiveValue } from "./objective.js";

const totals = { energyUj: 3, latencyCycles: 50, areaMm2: 0.2 };

describe("objectiveValue", () => {
  it.each([
    ["edp", 150],
    ["energy", 3],
    ["latency", 50],
    ["edap", 30],
    ["area", 0.2],
  ] as const)("of %s", (name, value) => {
    expect(objectiveValue(name, totals)).toBeCloseTo(value, 12);
  });

  it("is the product with the objective's exponents", () => {
    for (const name of objectiveNames) {
      const { energy, latency, area } = objectiveExponents(name);
      expect(objectiveValue(name, { energyUj: 2, latencyCycles: 3, areaMm2: 5 })).toBe(
        2 ** energy * 3 ** latency * 5 ** area,
      );
    }
  });
});

describe("objectiveUnit", () => {
  it("has a factor for each quantity in the objective", () => {
    for (const name of objectiveNames) {
      const { energy, latency, area } = objectiveExponents(name);
      const units = [energy === 1 && "uJ", latency === 1 && "cycles", area === 1 && "mm2"].filter(Boolean);
      expect(objectiveUnit(name)).toBe(units.join(" x "));
    }
  });
});

describe("keepsLimits", () => {
  it("has none unless given", () => {
    expect(keepsLimits({ name: "edp" }, { energyUj: 1e30, latencyCycles: 1e30, areaMm2: 1e30 })).toBe(true);
  });

  it.each([
    [{ maxAreaMm2: 0.2 }, true],
    [{ maxAreaMm2: 0.19 }, false],
    [{ maxLatencyCycles: 50 }, true],
    [{ maxLatencyCycles: 49 }, false],
    [{ maxAreaMm2: 1, maxLatencyCycles: 49 }, false],
    [{ maxEnergyUj: 1e9 }, true],
    [{ maxEnergyUj: 1e-9 }, false],
    [{ maxEdp: 1e12 }, true],
    [{ maxEdp: 1e-9 }, false],
    [{ maxAreaMm2: 0.1, maxLatencyCycles: 100 }, false],
    [{ maxAreaMm2: 1, maxLatencyCycles: 100 }, true],
  ])("of %j: %s", (limits, kept) => {
    for (const name of objectiveNames) expect(keepsLimits({ name, ...limits }, totals)).toBe(kept);
  });
});
