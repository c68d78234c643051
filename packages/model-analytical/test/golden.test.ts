import { type Counts, countsNames, LoopnestError } from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import { countBySteps, type StepCounts } from "../src/index.js";
import { currentDifferences, goldenDifferences } from "./golden-differences.js";
import {
  completeRecords,
  currentRecords,
  families,
  type GoldenRecord,
  goldenRecords,
  trimmedRecords,
} from "./golden-records.js";

/** Longer walks are left to the closed form. */
const MAX_STEPS = 10_000;

describe("Timeloop's golden records", () => {
  it("come in every family", () => {
    expect(families(trimmedRecords)).toEqual([
      "eyeriss",
      "gemmini",
      "handover",
      "mesh",
      "operators",
      "rejected",
      "simba",
      "tpu",
    ]);
  });

  for (const family of families(trimmedRecords)) {
    it(`${family}: every count, cycle and energy, or the reason of rejection`, () => {
      const records = goldenRecords(trimmedRecords, family);
      expect(records.length).toBeGreaterThanOrEqual(60);
      expect(records.flatMap(goldenDifferences)).toEqual([]);
    });
  }

  for (const family of families(trimmedRecords)) {
    it(`${family}: the same as Timeloop counts today`, () => {
      const records = currentRecords(trimmedRecords, family);
      expect(records.length).toBe(goldenRecords(trimmedRecords, family).length);
      expect(records.flatMap(({ record, current }) => currentDifferences(record, current))).toEqual([]);
    });
  }

  for (const family of families(trimmedRecords).filter((name) => name !== "rejected")) {
    it.each(countsNames)(`${family}: the step counter finds the same, without the closed form: %s`, (counts) => {
      let walked = 0;
      for (const [i, { record, current }] of currentRecords(trimmedRecords, family).entries()) {
        // Half of the records for each way of counting: walks take their time.
        if (record.error !== undefined || i % 2 !== countsNames.indexOf(counts)) continue;
        const { id } = record;
        const expected = counts === "timeloop-2022" ? record.expected : current.expected!;
        const found = tryToCount(record, counts);
        if (found === undefined) continue;
        walked++;
        for (const [level, { tensors }] of Object.entries(expected.levels)) {
          for (const [tensor, { reads, updates, fills }] of Object.entries(tensors)) {
            const own = found.levels[level]!.tensors[tensor];
            expect(own, `${id} ${level} ${tensor}`).toMatchObject({ reads, updates, fills });
          }
        }
      }
      expect(walked).toBeGreaterThanOrEqual(25);
    });
  }
});

// Registered only where the complete set lies next to the checkout.
const complete = families(completeRecords);
if (complete.length > 0) {
  describe("Timeloop's golden records, complete", () => {
    for (const family of complete) {
      it(family, () => {
        expect(goldenRecords(completeRecords, family).flatMap(goldenDifferences)).toEqual([]);
        const today = currentRecords(completeRecords, family);
        expect(today.flatMap(({ record, current }) => currentDifferences(record, current))).toEqual([]);
      });
    }
  });
}

/** The step counter's result, or nothing if the record is too large for it. */
function tryToCount({ problem, architecture, mapping }: GoldenRecord, counts: Counts): StepCounts | undefined {
  try {
    return countBySteps(problem, architecture, mapping, counts, MAX_STEPS);
  } catch (error) {
    if (error instanceof LoopnestError && error.code === "unsupported") return undefined;
    throw error;
  }
}
