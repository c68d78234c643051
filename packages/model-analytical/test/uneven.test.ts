import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Architecture, Mapping, Problem } from "@loopnest/mapspace";
import { expect, it } from "vitest";
import { evaluate } from "../src/index.js";

interface UnevenRecord {
  readonly id: string;
  readonly architecture: Architecture;
  readonly problem: Problem;
  readonly mapping: Mapping;
  readonly expected: {
    readonly computeCycles: number;
    readonly levels: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, number>>>>>>;
  };
}

const file = new URL("golden/current/uneven.jsonl.gz", import.meta.url);
const records = gunzipSync(readFileSync(file))
  .toString("utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as UnevenRecord);

it("uneven mappings count what Timeloop counts where every store node is a level of its own", () => {
  expect(records.length).toBeGreaterThanOrEqual(100);
  for (const { id, problem, architecture, mapping, expected } of records) {
    const found = evaluate(problem, architecture, mapping, "timeloop-2025");
    expect(found.computeCycles, id).toBe(expected.computeCycles);
    for (const [level, tensors] of Object.entries(expected.levels)) {
      for (const [tensor, counts] of Object.entries(tensors)) {
        expect(found.levels[level]!.tensors[tensor], `${id} ${level} ${tensor}`).toMatchObject(counts);
      }
    }
  }
});

it("nodes of a level share its capacity, and stand in order", () => {
  const { problem, architecture, mapping, expected } = records.find((one) => one.mapping.length > 4)!;
  const small = (words: number): Architecture => ({
    ...architecture,
    levels: architecture.levels.map((level, l) => (l === 1 ? { ...level, capacityWords: words } : level)),
  });
  const held = Object.values(expected.levels[architecture.levels[1]!.name]!);
  const needed = held.reduce((sum, { utilizedCapacity }) => sum + utilizedCapacity!, 0);
  expect(() => evaluate(problem, small(needed), mapping)).not.toThrow();
  expect(() => evaluate(problem, small(needed - 1), mapping)).toThrow(expect.objectContaining({ code: "capacity" }));
  expect(() => evaluate(problem, architecture, [...mapping].reverse())).toThrow("out of order");
});
