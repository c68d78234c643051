import { describe, expect, it } from "vitest";
import { ACCUMULATOR_SRAM, SCRATCHPAD_SRAM, type SramPoint } from "./cacti-40nm-data.js";
import { accumulatorSram, type SramSurface, scratchpadSram, sram, sramPrice } from "./cacti-sram.js";
import { emptyPrice } from "./energy-table.js";
import { evaluateCubic, monotoneCubic } from "./monotone-cubic.js";

const price = emptyPrice();
const value = (surface: SramSurface, rows: number, widthBits: number) => {
  sramPrice(surface, rows, widthBits, price);
  return price.value;
};
const kinds = ["accessPj", "areaUm2"] as const;
const measured = { accessPj: (p: SramPoint) => Math.max(p[0], p[1]), areaUm2: (p: SramPoint) => p[2] };
const all = [
  ...SCRATCHPAD_SRAM.map((series) => ({ series, prices: scratchpadSram })),
  { series: ACCUMULATOR_SRAM, prices: accumulatorSram },
];

describe("CACTI's numbers", () => {
  it("are met at every one of the 104 measured sizes, those below 64 rows included", () => {
    let count = 0;
    for (const { series, prices } of all) {
      series.points.forEach((point, i) => {
        for (const kind of kinds) {
          const got = value(prices[kind], series.firstRows * 2 ** i, series.widthBits);
          expect(got / measured[kind](point)).toBeCloseTo(1, 10);
        }
        count++;
      });
    }
    expect(count).toBe(104);
  });
});

describe("interpolation", () => {
  const sizes = (function* () {
    for (let logRows = 0; logRows < 17; logRows += 0.37) {
      for (let logWidth = 1; logWidth < 8.5; logWidth += 0.23) yield [Math.exp(logRows), Math.exp(logWidth)] as const;
    }
  })();
  const grid = [...sizes];

  it("never falls with rows or width", () => {
    for (const surface of [scratchpadSram, accumulatorSram].flatMap((one) => [one.accessPj, one.areaUm2])) {
      for (const [rows, width] of grid) {
        const here = value(surface, rows, width);
        expect(price.perLogRows).toBeGreaterThanOrEqual(0);
        expect(price.perLogWidth).toBeGreaterThan(0);
        expect(value(surface, rows * 1.2, width)).toBeGreaterThanOrEqual(here * (1 - 1e-12));
        expect(value(surface, rows, width * 1.2)).toBeGreaterThan(here);
      }
    }
  });

  it("has the derivatives of its finite differences away from measured widths", () => {
    const h = 1e-6;
    for (const surface of [scratchpadSram, accumulatorSram].flatMap((one) => [one.accessPj, one.areaUm2])) {
      for (const [rows, width] of grid) {
        const here = value(surface, rows, width);
        const { perLogRows, perLogWidth } = price;
        const byRows =
          (value(surface, rows * Math.exp(h), width) - value(surface, rows * Math.exp(-h), width)) / (2 * h);
        const byWidth =
          (value(surface, rows, width * Math.exp(h)) - value(surface, rows, width * Math.exp(-h))) / (2 * h);
        expect(Math.abs(byRows - perLogRows)).toBeLessThan(1e-5 * here);
        expect(Math.abs(byWidth - perLogWidth)).toBeLessThan(1e-5 * here);
      }
    }
  });

  // The errors that the docstring of `Sram` states.
  it("predicts numbers left out as well as it says", () => {
    const stated = {
      accessPj: { rows: [0.06, 0.17, 0.24], width: [0.07, 0.17, 0.28] },
      areaUm2: { rows: [0.06, 0.14, 0.24], width: [0.04, 0.07, 0.17] },
    };
    for (const kind of kinds) {
      const alongRows: number[] = [];
      const alongWidth: number[] = [];
      for (const { series } of all) {
        const first = Math.max(0, Math.log2(64 / series.firstRows));
        const logs = series.points.slice(first).map((point) => Math.log(measured[kind](point)));
        for (const parity of [0, 1]) {
          const everyOther = monotoneCubic(
            parity,
            2,
            logs.filter((_, i) => i % 2 === parity),
            Math.LN2 * (kind === "areaUm2" ? 1 : 0.5),
          );
          for (let i = parity + 1; i < logs.length - 1; i += 2) {
            alongRows.push(Math.abs(Math.expm1(evaluateCubic(everyOther, i).value - logs[i]!)));
          }
        }
      }
      for (let w = 1; w < SCRATCHPAD_SRAM.length - 1; w++) {
        const { widthBits, firstRows, points } = SCRATCHPAD_SRAM[w]!;
        const without = sram(SCRATCHPAD_SRAM.filter((_, i) => i !== w))[kind];
        points.forEach((point, i) => {
          const rows = firstRows * 2 ** i;
          const wider = SCRATCHPAD_SRAM[w + 1]!;
          const narrower = SCRATCHPAD_SRAM[w - 1]!;
          if (rows < narrower.firstRows || rows > wider.firstRows * 2 ** (wider.points.length - 1)) return;
          alongWidth.push(Math.abs(value(without, rows, widthBits) / measured[kind](point) - 1));
        });
      }
      expect(alongWidth).toHaveLength(55);
      expect(quantiles(alongRows).every((error, i) => error <= stated[kind].rows[i]!)).toBe(true);
      expect(quantiles(alongWidth).every((error, i) => error <= stated[kind].width[i]!)).toBe(true);
    }
  });
});

function quantiles(errors: number[]): number[] {
  errors.sort((a, b) => a - b);
  return [0.5, 0.9, 1].map((share) => errors[Math.min(errors.length - 1, Math.floor(share * errors.length))]!);
}
