import { describe, expect, it } from "vitest";
import { families, goldenRecords, trimmedRecords } from "../../test/golden-records.js";
import { slidingProblem, smallCase } from "../../test/small-case.js";
import { explainMapping } from "./explain-mapping.js";

describe("explainMapping", () => {
  for (const family of families(trimmedRecords).filter((name) => name !== "rejected")) {
    it(`${family}: tiles, boundaries and resources add up to Timeloop's figures`, () => {
      for (const record of goldenRecords(trimmedRecords, family).slice(0, 25)) {
        if (record.error !== undefined) continue;
        const { problem, architecture, mapping, expected } = record;
        const { levels, boundaries, resources, utilization } = explainMapping(
          problem,
          architecture,
          mapping,
          "timeloop-2022",
        );
        for (const { level, tiles, instances, usedWords } of levels) {
          const counted = expected.levels[level]!.tensors;
          expect(Object.fromEntries(tiles.map(({ tensor, words }) => [tensor, words]))).toEqual(
            Object.fromEntries(Object.entries(counted).map(([name, { utilizedCapacity }]) => [name, utilizedCapacity])),
          );
          expect(usedWords).toBe(tiles.reduce((sum, tile) => sum + tile.extents.reduce((a, b) => a * b, 1), 0));
          for (const { utilizedInstances } of Object.values(counted)) expect(instances.used).toBe(utilizedInstances);
        }
        const energy = boundaries.reduce((sum, boundary) => sum + boundary.energyPj, expected.computeEnergyPj);
        expect(energy / expected.energyPj).toBeCloseTo(1, 6);
        // Timeloop's arithmetic in doubles takes a cycle more now and then.
        expect(expected.cycles - Math.ceil(resources[0]!.busyCycles)).toBeLessThanOrEqual(1);
        expect(resources[0]!.busyCycles).toBeLessThanOrEqual(expected.cycles);
        expect(utilization.spatial * utilization.temporal).toBeCloseTo(expected.utilization, 9);
      }
    });
  }

  it("names the port that sets the latency, and what comes next", () => {
    // 24 steps; L1 reads 64 words and writes 37 (see latency.test.ts), L0 reads 21 and writes 8.
    const { problem, architecture, mapping } = smallCase(slidingProblem({ P: 8, R: 3 }), [
      { hardware: { bandwidthWordsPerCycle: { shared: 2 } } },
      {
        temporal: [
          ["P", 8],
          ["R", 3],
        ],
        hardware: { bandwidthWordsPerCycle: { read: 2, write: 1.5 } },
      },
    ]);
    const { resources, evaluation } = explainMapping(problem, architecture, mapping);
    expect(resources.map(({ name, port, busyCycles }) => [name, port, busyCycles])).toEqual([
      ["L1", "read", 32],
      ["L1", "write", 37 / 1.5],
      ["compute", null, 24],
      ["L0", "shared", expect.any(Number)],
    ]);
    expect(evaluation.cycles).toBe(32);
  });

  it("gives the words read at a boundary and those that come to the other side", () => {
    const { problem, architecture, mapping } = smallCase(slidingProblem({ P: 8, R: 3, K: 4 }), [
      { spatial: [["K", 4, "X"]] },
      {
        temporal: [
          ["P", 8],
          ["R", 3],
        ],
      },
    ]);
    const { boundaries } = explainMapping(problem, architecture, mapping);
    // All four children hold the same inputs: one read serves them.
    expect(boundaries.find(({ tensor, from }) => tensor === "Inputs" && from === "L0")).toMatchObject({
      to: "L1",
      readWords: 10,
      receivedWords: 40,
      updatedWords: 0,
      vectorAccesses: 50,
      energyPj: 50,
    });
    expect(boundaries.find(({ tensor, from }) => tensor === "Inputs" && from === "L1")).toMatchObject({
      to: "compute",
      readWords: 96,
      receivedWords: 96,
    });
    expect(boundaries.find(({ tensor, from }) => tensor === "Outputs" && from === "L1")).toMatchObject({
      to: "compute",
      receivedWords: null,
      updatedWords: 96,
    });
  });
});
