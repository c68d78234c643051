import {
  emptyLedger,
  type KeyTable,
  keyTable,
  type Ledger,
  type ResultColumn,
  resultColumns,
  type Study,
  type StudyPoint,
  studyPoints,
} from "@loopnest/sweep";
import { describe, expectTypeOf, it } from "vitest";

describe("@loopnest/sweep", () => {
  it("goes through the points of a study", () => {
    const study: Study = { axes: { workload: ["bert"], seed: { from: 1, to: 3 } }, keep: "figures" };
    expectTypeOf(studyPoints(study)).toEqualTypeOf<Generator<StudyPoint>>();
    // @ts-expect-error no such field
    studyPoints({ axes: { wrokload: ["bert"] }, keep: "figures" });
  });

  it("keeps account of keys", () => {
    const keys = keyTable([]);
    expectTypeOf(keys).toEqualTypeOf<KeyTable>();
    expectTypeOf(emptyLedger(keys)).toEqualTypeOf<Ledger>();
    expectTypeOf(resultColumns(["peDim"])).toEqualTypeOf<ResultColumn[]>();
  });
});
