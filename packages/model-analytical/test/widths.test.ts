import { type Architecture, countsNames, emptyMachine, gemmini, type Problem, withBits } from "@loopnest/mapspace";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyticalModel, countBySteps, evaluate, type StepTensorCounts } from "../src/index.js";
import { type Case, cases } from "./arbitrary-case.js";
import { type SmallLevel, smallCase } from "./small-case.js";

/** Weights[C, K], Inputs[C], Outputs[K]. */
const product: Problem = {
  name: "product",
  dims: { C: 4, K: 2 },
  tensors: [
    { name: "Weights", role: "input", ranks: [[["C", 1]], [["K", 1]]] },
    { name: "Inputs", role: "input", ranks: [[["C", 1]]] },
    { name: "Outputs", role: "output", ranks: [[["K", 1]]] },
  ],
};
const levels: SmallLevel[] = [
  {
    temporal: [
      ["C", 2],
      ["K", 2],
    ],
  },
  { temporal: [["C", 2]], hardware: { blockSize: 4 } },
];

function run(bits: Record<string, number>, change: Partial<Architecture["levels"][number]>[] = []) {
  const { problem, architecture, mapping } = smallCase(withBits(product, bits), levels);
  const changed = architecture.levels.map((level, l) => ({ ...level, ...change[l] }));
  return evaluate(problem, { ...architecture, levels: changed }, mapping);
}

const mixed = { weights: 4, inputs: 8, outputs: 8, partialSums: 32 };

describe("widths of elements", () => {
  it("make rows, worked out by hand", () => {
    // Rows of 8 bits outside, of 32 inside. Every sum is written twice outside: first 32 bits wide, then finished.
    const found = run(mixed);
    const rows = (level: string) => Object.values(found.levels[level]!.tensors).map(({ energyPj }) => energyPj);
    expect(rows("L0")).toEqual([8 / 2, 4, 2 * 4 + (2 * 4 + 2)]);
    // Weights: 32 bits in and 32 out. Inputs: 32 in, 64 out. Sums of 32 bits: 8 written, 6 read, 2 come back.
    expect(rows("L1")).toEqual([1 + 1, 1 + 2, 8 + 6 + 2]);
    expect(found.energyPj).toBe(4 + 4 + 18 + 2 + 3 + 16 + 8);
    expect(found.levels["L0"]!.tensors["Outputs"]).toMatchObject({
      ...{ reads: 2, updates: 4 },
      width: { bits: 32, finishedBits: 8, levelWords: { reads: 8, updates: 10, fills: 0, utilizedCapacity: 8 } },
    });
    expect(found.levels["L0"]!.tensors["Inputs"]).not.toHaveProperty("width");
  });

  it("make ports busy: 26 words of 8 bits pass the outer one", () => {
    expect(run(mixed, [{ bandwidthWordsPerCycle: { shared: 1 } }]).cycles).toBe(26);
    expect(run({}, [{ bandwidthWordsPerCycle: { shared: 1 } }]).cycles).toBe(8 + 4 + 4 + 2);
  });

  it("take capacity: 2 weights, 2 inputs and a sum are 1 + 2 + 4 words", () => {
    expect(() => run(mixed, [{}, { capacityWords: 7 }])).not.toThrow();
    expect(() => run(mixed, [{}, { capacityWords: 6 }])).toThrow("the tiles at L1 take 7 words, 6 are there");
    expect(() => run({}, [{}, { capacityWords: 5 }])).not.toThrow();
  });

  it("may be more at a level, never fewer", () => {
    const wide = run(mixed, [{}, { bits: { Weights: 16 } }]);
    expect(wide.levels["L1"]!.tensors["Weights"]!.width).toMatchObject({ bits: 16, levelWords: { fills: 16 } });
    expect(wide.levels["L0"]).toEqual(run(mixed).levels["L0"]);
    expect(() => run(mixed, [{}, { bits: { Weights: 2 } }])).toThrow(/L1 holds Weights in 2 bits.*its elements have 4/);
    expect(() => run(mixed, [{}, { bits: { Outputs: 16 } }])).toThrow(/16 bits, but its partial sums have 32/);
    const outside = run(mixed, [{ bits: { Outputs: 16 } }]);
    expect(outside.levels["L0"]!.tensors["Outputs"]!.width).toMatchObject({ bits: 32, finishedBits: 16 });
  });

  it("of one word of the level each change nothing", () => {
    expect(run({ weights: 8, inputs: 8, outputs: 8, partialSums: 8 })).toEqual(run({}));
  });

  it("are refused where wires are priced by the word", () => {
    expect(() => run(mixed, [{ network: { hopEnergyPj: 1 } }])).toThrow(/wires below L0 are priced by the word/);
  });
});

const anyBits = fc.record({
  Weights: fc.integer({ min: 1, max: 40 }),
  Inputs: fc.integer({ min: 1, max: 40 }),
  Outputs: fc.integer({ min: 1, max: 20 }),
  partialSums: fc.integer({ min: 20, max: 40 }),
});

/** A random case with widths by the order of its tensors, whatever they are called. */
function widened({ problem, ...rest }: Case, bits: Record<string, number>): Case {
  const inputs = [bits["Weights"]!, bits["Inputs"]!];
  const tensors = problem.tensors.map((tensor, t) => ({
    ...tensor,
    ...(tensor.role === "output"
      ? { bits: bits["Outputs"]!, partialSumBits: bits["partialSums"]! }
      : { bits: inputs[t % 2]! }),
  }));
  return { problem: { ...problem, tensors }, ...rest };
}

describe("the closed form with widths", () => {
  it("equals bits counted step by step, and on real buffers where nothing slides", () => {
    let unfinished = 0;
    fc.assert(
      fc.property(cases({ windows: "most" }), anyBits, fc.constantFrom(...countsNames), (given, bits, counts) => {
        const { problem, architecture, mapping } = widened(given, bits);
        const found = evaluate(problem, architecture, mapping, counts);
        compare(found, countBySteps(problem, architecture, mapping, counts, 1e6), bits, problem);
      }),
      { numRuns: 60 },
    );
    fc.assert(
      fc.property(cases({ windows: "none" }), anyBits, (given, bits) => {
        const { problem, architecture, mapping } = widened(given, bits);
        const { handedOver } = countBySteps(problem, architecture, mapping, "timeloop-2025", 1e6);
        if (Object.values(handedOver).some((words) => words > 0)) return;
        const steps = countBySteps(problem, architecture, mapping, "physical", 1e6);
        const output = problem.tensors.filter(({ role }) => role === "output").map(({ name }) => name);
        const found = evaluate(problem, architecture, mapping);
        const keeper = mapping.find(({ keeps }) => keeps.includes(output[0]!))!.level;
        const { updates, finished } = steps.levels[keeper]!.tensors[output[0]!]!;
        unfinished += Number(finished < updates);
        const own = found.levels[keeper]!.tensors[output[0]!]!;
        const words = own.width?.levelWords.updates ?? own.perInstance.updates;
        const seen = words * own.utilizedInstances * 8;
        expect(seen).toBeCloseTo((updates - finished) * bits["partialSums"]! + finished * bits["Outputs"]!, 6);
      }),
      { numRuns: 60 },
    );
    expect(unfinished).toBeGreaterThan(2);
  });

  it("costs with all widths halved what words of twice the width cost", () => {
    fc.assert(
      fc.property(cases(), fc.constantFrom(...countsNames), (given, counts) => {
        const halved = widened(given, { Weights: 4, Inputs: 4, Outputs: 4, partialSums: 4 });
        const { problem, architecture, mapping } = given;
        const levels = architecture.levels.map((level) => ({
          ...level,
          blockSize: 2 * level.blockSize,
          bandwidthWordsPerCycle: doubled(level.bandwidthWordsPerCycle),
        }));
        const a = evaluate(halved.problem, architecture, mapping, counts);
        const b = evaluate(problem, { ...architecture, levels }, mapping, counts);
        expect([a.energyPj, a.cycles]).toEqual([b.energyPj, b.cycles]);
      }),
      { numRuns: 60 },
    );
  });
});

function doubled(bandwidth: Architecture["levels"][number]["bandwidthWordsPerCycle"]) {
  if (bandwidth === null) return null;
  return Object.fromEntries(Object.entries(bandwidth).map(([port, words]) => [port, 2 * words])) as typeof bandwidth;
}

/** Bits of every tensor at every level, from counts in words of 8 bits and from steps. */
function compare(
  found: ReturnType<typeof evaluate>,
  steps: ReturnType<typeof countBySteps>,
  bits: Record<string, number>,
  problem: Problem,
): void {
  const inputs = [bits["Weights"]!, bits["Inputs"]!];
  for (const [level, { tensors }] of Object.entries(found.levels)) {
    for (const [t, { name, role }] of problem.tensors.entries()) {
      const own = tensors[name];
      if (own === undefined) continue;
      const wide = role === "output" ? bits["partialSums"]! : inputs[t % 2]!;
      const { reads, updates, fills, finished }: StepTensorCounts = steps.levels[level]!.tensors[name]!;
      const words = own.width?.levelWords ?? own.perInstance;
      const seen = [words.reads, words.updates, words.fills].map((count) => count * own.utilizedInstances * 8);
      const walked = [reads * wide, (updates - finished) * wide + finished * bits["Outputs"]!, fills * wide];
      for (const [i, count] of walked.entries()) expect(seen[i]).toBeCloseTo(count, 5);
    }
  }
}

it("holds for a search's model as for a single evaluation, and data movement has a width of its own", () => {
  const model = analyticalModel(gemmini);
  const machine = emptyMachine(gemmini.levels.length);
  model.machine(
    Float64Array.from(gemmini.sizes, (size) => size.default),
    "exact",
    machine,
  );
  const pool = { name: "pool", kind: "MaxPool", count: 1, wordsRead: 1 << 20, wordsWritten: 1 << 18 };
  const cost = (bits?: number) => model.movementCost([{ ...pool, ...(bits && { bits }) }], machine, "exact");
  expect(cost(8)).toEqual(cost());
  expect(cost(4).energyPj * 2).toBe(cost().energyPj);
  expect(cost(32).latencyCycles).toBe(4 * cost().latencyCycles);
});
