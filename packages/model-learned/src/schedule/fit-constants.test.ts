import { seededRandom, systolic } from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import { COUNTS } from "./counts.js";
import { fitConstants, fitUnits } from "./fit-constants.js";
import { typicalConstants } from "./machine-constants.js";
import { plainForm, type ScheduleForm, scheduleCycles, sideBySide, writeScheduleCycles } from "./schedule-cycles.js";

/** Schedules with random counts on a machine with given constants, measured with a little noise. */
function machineSamples(constants: Float64Array, count: number, noise: number, form = sideBySide) {
  const source = seededRandom(5);
  const cycles = scheduleCycles(form);
  return Array.from({ length: count }, () => {
    const calls = 8 * source.uniform();
    const logCounts = Float64Array.from(COUNTS, (_, c) => calls + (c === 0 ? 0 : 6 * source.uniform()));
    writeScheduleCycles(logCounts, 0, constants, cycles);
    return { logCounts, outsideCalls: 0, logCycles: cycles.logCycles + noise * source.normal() };
  });
}

const forms: [string, ScheduleForm][] = [
  ["side by side", sideBySide],
  ["with a port that loads and stores take in turns", plainForm(systolic)],
];

describe("constants of a machine", () => {
  it.each(forms)("are found from measured cycles: %s", (_, form) => {
    const truth = typicalConstants.map((value, k) => value + ((k % 3) - 1) * 0.7);
    const fitted = fitConstants(machineSamples(truth, 400, 0.02, form), form);
    const cycles = scheduleCycles(form);
    const error = (constants: Float64Array) => {
      const errors = machineSamples(truth, 600, 0, form)
        .slice(400)
        .map((sample) => {
          writeScheduleCycles(sample.logCounts, 0, constants, cycles);
          return Math.abs(cycles.logCycles - sample.logCycles);
        });
      return errors.reduce((sum, one) => sum + one, 0) / errors.length;
    };
    expect(error(typicalConstants)).toBeGreaterThan(0.2);
    expect(error(fitted)).toBeLessThan(0.03);
  });

  it("are found for convolutions and matrix products apart where a driver has a unit for each", () => {
    const [convolution, product] = [0.7, -0.7].map((by) =>
      typicalConstants.map((value, k) => value + ((k % 3) - 1) * by),
    );
    const of = (constants: Float64Array, isProduct: boolean) =>
      machineSamples(constants, 150, 0.02).map((sample) => ({ ...sample, isProduct }));
    const samples = [...of(convolution!, false), ...of(product!, true)];
    const cycles = scheduleCycles(sideBySide);
    const error = (constants: Float64Array, isProduct: boolean) => {
      const own = samples.filter((sample) => sample.isProduct === isProduct);
      const errors = own.map(({ logCounts, logCycles }) => {
        writeScheduleCycles(logCounts, 0, constants, cycles);
        return Math.abs(cycles.logCycles - logCycles);
      });
      return errors.reduce((sum, one) => sum + one, 0) / errors.length;
    };
    const two = fitUnits(samples, sideBySide, "gemmini");
    expect(error(two.convolution, false)).toBeLessThan(0.04);
    expect(error(two.product, true)).toBeLessThan(0.04);
    const one = fitUnits(samples, sideBySide, "plain");
    expect(one.convolution).toEqual(one.product);
    expect(error(one.product, true)).toBeGreaterThan(0.1);
    const none = fitUnits(of(convolution!, false), sideBySide, "gemmini");
    expect(error(none.product, false)).toBeLessThan(0.04);
  });

  it("are typical ones where there is nothing to learn from", () => {
    expect(fitConstants([], sideBySide)).toEqual(typicalConstants);
  });

  it.each(forms)("have the slopes that they are fitted by: %s", (_, form) => {
    const [sample] = machineSamples(typicalConstants, 1, 0, form);
    const cycles = scheduleCycles(form);
    const value = (constants: Float64Array) => {
      writeScheduleCycles(sample!.logCounts, 3, constants, cycles);
      return cycles.logCycles;
    };
    value(typicalConstants);
    const slopes = cycles.byConstant.slice();
    slopes.forEach((slope, k) => {
      const moved = (h: number) => typicalConstants.map((c, i) => (i === k ? c + h : c));
      expect(slope).toBeCloseTo((value(moved(1e-5)) - value(moved(-1e-5))) / 2e-5, 6);
    });
  });
});
