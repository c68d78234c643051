import { expect, it } from "vitest";
import { FEATURE_GROUPS, featureTable, SOURCES } from "./feature-table.js";

it("calls features alike under every driver, each by its own name", () => {
  const [gemmini, plain] = (["gemmini", "plain"] as const).map((driver) => featureTable(FEATURE_GROUPS, driver));
  expect(gemmini!.map(({ name }) => name)).toEqual(plain!.map(({ name }) => name));
  expect(new Set(gemmini!.map(({ name }) => name)).size).toBe(gemmini!.length);
});

it("makes features of sources that there are", () => {
  for (const driver of ["gemmini", "plain"] as const) {
    for (const { of, per } of featureTable(FEATURE_GROUPS, driver)) {
      for (const source of [of, ...per]) expect(source >= 0 && source < SOURCES).toBe(true);
    }
  }
});

it("lists groups in their own order, whatever the order they are asked for in", () => {
  const names = featureTable(["array", "counts"], "plain").map(({ name }) => name);
  expect(names).toEqual(featureTable(["counts", "array"], "plain").map(({ name }) => name));
  expect(names[0]).toBe("calls");
});
