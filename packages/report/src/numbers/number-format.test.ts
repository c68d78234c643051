import { expect, test } from "vitest";
import { duration, percent, quantity, thousands, times, whole } from "./number-format.js";

test.each([
  [6.332e10, "6.332e10"],
  [1_000_000, "1.000e6"],
  [999_999, "999,999"],
  [1855.4567, "1,855.46"],
  [12.06789, "12.07"],
  [0.55, "0.55"],
  [0.000512345, "0.0005123"],
  [0.000012, "1.200e-5"],
  [0, "0"],
])("quantity %s", (value, text) => expect(quantity(value)).toBe(text));

test.each([
  [0.42, "0.4 s"],
  [9.96, "10 s"],
  [59.6, "1 min 00 s"],
  [200, "3 min 20 s"],
  [7500, "2 h 05 min"],
])("duration %s", (seconds, text) => expect(duration(seconds)).toBe(text));

test.each([
  [1, "1 x"],
  [0.8249, "0.825 x"],
  [1.03, "1.03 x"],
  [36.09, "36.1 x"],
  [1234.5, "1,235 x"],
  [2_848_153_836, "2.848e9 x"],
])("ratio %s", (ratio, text) => expect(times(ratio)).toBe(text));

test.each([
  [0, "0"],
  [0.5, "0.5"],
  [999, "999"],
  [1000, "1k"],
  [1_500_000, "1.5M"],
])("axis %s", (value, text) => expect(thousands(value)).toBe(text));

test("shares and counts", () => {
  expect(percent(0.1234)).toBe("12.3 %");
  expect(percent(0.00034)).toBe("0.03 %");
  expect(percent(0)).toBe("0.0 %");
  expect(whole(10430.4)).toBe("10,430");
});

test("numbers are written as toLocaleString writes them", () => {
  let state = 1;
  for (let i = 0; i < 800; i++) {
    state = (state * 48_271) % 2_147_483_647;
    const value = (i % 7 === 0 ? -1 : 1) * 10 ** ((state / 2_147_483_647) * 10 - 4) * (i % 5 === 0 ? 1 : Math.SQRT2);
    const own = i % 3 === 0 ? Math.round(value) + 0 : value;
    if (Math.abs(own) < 1e6 && Math.abs(own) >= 1e-4) {
      const maximumSignificantDigits = Math.abs(own) >= 1000 ? 6 : 4;
      expect(quantity(own)).toBe(own.toLocaleString("en-US", { maximumSignificantDigits }));
    }
    expect(whole(own)).toBe((Math.round(own) + 0).toLocaleString("en-US"));
  }
  for (const value of [1000, 999.95, 99_999.95, 0.99995, 12.345, 1e-4, 2 ** 53, Number.POSITIVE_INFINITY, Number.NaN]) {
    expect(whole(value)).toBe(Math.round(value).toLocaleString("en-US"));
  }
  expect(quantity(Number.POSITIVE_INFINITY)).toBe("Infinity");
});
