import {
  builtInTarget,
  conv,
  emptyMachine,
  gemmini,
  type Machine,
  machineOf,
  makeMapspace,
  type Target,
  targetNames,
  unflatten,
} from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import { builtInEnergyTable, energyTableNames } from "../energy-tables/catalogue.js";
import { tableFromActions } from "../energy-tables/table-from-actions.js";
import { evaluate } from "../evaluate/evaluate.js";
import { priceTarget } from "./priced-target.js";

const dosa = builtInEnergyTable("dosa");
const arrays = [
  "capacityWords",
  "blockSize",
  "energyPerVectorAccessPj",
  "bandwidthShared",
  "bandwidthRead",
  "bandwidthWrite",
  "instances",
  "areaUm2",
] as const satisfies readonly (keyof Machine)[];

describe("machine", () => {
  it("has the area of DOSA's reference point", () => {
    const { levels, compute } = priceTarget(gemmini, dosa).architecture({
      peDim: 32,
      scratchpadKb: 2,
      accumulatorKb: 16,
    });
    const areaUm2 = [...levels, compute].reduce((sum, one) => sum + one.areaPerInstanceUm2 * one.instances, 0);
    expect(areaUm2 / 1e6).toBeCloseTo(0.550372, 6);
  });

  it("rounds rows up when exact, and not when smooth", () => {
    const priced = priceTarget(gemmini, dosa);
    const out = emptyMachine(4);
    const sizes = Float64Array.of(7, 3, 1);
    priced.machine(sizes, "exact", out);
    expect([...out.capacityWords]).toEqual([Number.POSITIVE_INFINITY, 439 * 7, 37, 1]);
    priced.machine(sizes, "smooth", out);
    expect(out.capacityWords[1]).toBeCloseTo(3072, 9);
    expect(out.capacityWords[2]).toBeCloseTo(256 / 7, 9);
  });

  it("does not add a row to sizes that divide", () => {
    const { levels } = priceTarget(builtInTarget("simba"), dosa).architecture({});
    expect(levels.find(({ name }) => name === "AccumulationBuffer")!.capacityWords).toBe(128);
  });

  it("has the area of every buffer, and the capacity and access energy of one", () => {
    const single = { ...gemmini, levels: gemmini.levels.map((level) => ({ ...level, buffers: 1 })) };
    const double = { ...gemmini, levels: gemmini.levels.map((level) => ({ ...level, buffers: 2 })) };
    const one = priceTarget(single, dosa).architecture({});
    const two = priceTarget(double, dosa).architecture({});
    expect(priceTarget(gemmini, dosa).architecture({})).toEqual(one);
    two.levels.forEach((level, l) => {
      const { areaPerInstanceUm2, ...rest } = one.levels[l]!;
      expect(level).toEqual({ ...rest, areaPerInstanceUm2: 2 * areaPerInstanceUm2 });
    });
    expect(two.compute).toEqual(one.compute);
  });

  it("is the flat form of the architecture it names", () => {
    for (const name of targetNames) {
      const priced = priceTarget(builtInTarget(name), dosa);
      const out = emptyMachine(priced.target.levels.length);
      priced.machine(
        Float64Array.from(priced.target.sizes, (size) => size.default),
        "exact",
        out,
      );
      const flat = machineOf(priced.architecture({}));
      for (const array of [...arrays, "meshX", "macEnergyPj"] as const) {
        out[array].forEach((value, i) => {
          expect(flat[array][i]! === value || Math.abs(flat[array][i]! / value - 1) < 1e-14).toBe(true);
        });
      }
    }
    expect(priceTarget(gemmini, dosa).architecture({ scratchpadKb: 8 }).name).toBe(
      "gemmini-peDim16-scratchpadKb8-accumulatorKb64",
    );
  });

  it("of every target runs a layer that stays in DRAM", () => {
    const problem = conv({ R: 3, S: 3, P: 8, Q: 8, C: 16, K: 32 });
    for (const name of targetNames) {
      const nest = makeMapspace(builtInTarget(name), problem);
      const mapping = unflatten(
        nest.shape,
        builtInTarget(name).levels.map((level) => level.name),
        nest.nest(),
      );
      const { cycles, energyPj, areaMm2 } = evaluate(
        nest.problem,
        priceTarget(builtInTarget(name), dosa).architecture({}),
        mapping,
      );
      expect(cycles).toBeGreaterThanOrEqual(3 * 3 * 8 * 8 * 16 * 32);
      expect(energyPj).toBeGreaterThan(0);
      expect(areaMm2).toBeGreaterThan(0);
    }
  });
});

describe("pullback", () => {
  it("equals finite differences for every target, table and size", () => {
    // Sizes between the measured row widths, where the areas have no kink, and within all ranges.
    const h = 1e-6;
    for (const targetName of targetNames) {
      for (const tableName of energyTableNames) {
        const priced = priceTarget(builtInTarget(targetName), builtInEnergyTable(tableName));
        const count = priced.target.levels.length;
        const sizes = Float64Array.from(priced.target.sizes, (size) => size.default * 1.137);
        const seed = emptyMachine(count);
        const value = (at: Float64Array) => {
          const out = emptyMachine(count);
          priced.machine(at, "smooth", out);
          return arrays.reduce(
            (sum, array) =>
              out[array].reduce(
                (inner, entry, i) => inner + (Number.isFinite(entry) ? seed[array][i]! * entry : 0),
                sum,
              ),
            0,
          );
        };
        const out = emptyMachine(count);
        priced.machine(sizes, "smooth", out);
        // Seeds of different weight and sign, scaled so that every entry counts about as much.
        arrays.forEach((array, a) => {
          out[array].forEach((entry, i) => {
            seed[array][i] = Number.isFinite(entry) && entry !== 0 ? Math.sin(1 + 7 * a + 3 * i) / entry : 0.5;
          });
        });
        const gradient = new Float64Array(sizes.length);
        priced.pullback(sizes, seed, gradient);
        sizes.forEach((size, i) => {
          const at = (factor: number) => value(sizes.map((other, j) => (j === i ? size * factor : other)));
          const difference = (at(Math.exp(h)) - at(Math.exp(-h))) / (2 * h);
          expect(Math.abs(gradient[i]! - difference)).toBeLessThan(1e-6 * (1 + Math.abs(difference)));
        });
      }
    }
  });

  it("adds to what is there", () => {
    const priced = priceTarget(gemmini, dosa);
    const toMachine = emptyMachine(4);
    toMachine.instances[4] = 1;
    const gradient = Float64Array.of(1, 2, 3);
    priced.pullback(Float64Array.of(4, 8, 8), toMachine, gradient);
    expect([...gradient]).toEqual([33, 2, 3]);
  });
});

describe("errors", () => {
  it("names a level that the table lacks", () => {
    const table = tableFromActions({ levels: { DRAM: { energyPerVectorAccessPj: 1 } }, mac: { energyPj: 1 } });
    expect(() => priceTarget(gemmini, table)).toThrow("the energy table has no level Scratchpad");
  });

  it("refuses unlimited rows that are no DRAM", () => {
    const levels = gemmini.levels.map((level, l) => (l === 1 ? { ...level, rowsPerInstance: null } : level));
    const unlimited: Target = { ...gemmini, levels };
    expect(() => priceTarget(unlimited, dosa)).toThrow("cannot price Scratchpad, whose rows are unlimited");
  });

  it("checks sizes by name", () => {
    expect(() => priceTarget(gemmini, dosa).architecture({ peDim: 1 })).toThrow("peDim is 1");
    expect(() => priceTarget(gemmini, dosa).architecture({ pes: 16 })).toThrow("gemmini has no size pes");
  });
});
