import { conv, emptyNeeds, type Target } from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { describe, expect, it } from "vitest";
import { smallGemmini } from "../../../test/small-targets.js";
import { arrayMachine, extremes } from "../space/extreme-machines.js";
import { makeHardwareSpace } from "../space/hardware-space.js";
import { makeCandidateLayout } from "./candidate-layout.js";

/** A scratchpad whose rows and split ports are as wide as the array. */
const target: Target = {
  ...smallGemmini,
  levels: smallGemmini.levels.map((level) =>
    level.name === "Scratchpad" ? { ...level, bandwidthWordsPerCycle: { read: "peDim", write: "peDim" } } : level,
  ),
};
const SCRATCHPAD = 1;
const model = analyticalModel(target);
const space = makeHardwareSpace(target, Float64Array.of(Number.NaN, Number.NaN, Number.NaN));
const layer = model.layer(conv({ R: 1, S: 1, P: 2, Q: 1, C: 2, K: 2 }));
const layout = makeCandidateLayout(space, [[0, 1, 2], [0, 1], [2], [0]], layer.account!.parts);
const limits = extremes(space.arrays.map((_, a) => arrayMachine(space, model, a, "smallest")));
const machine = arrayMachine(space, model, 0, "smallest");

interface Words {
  readonly reads: number;
  readonly fills: number;
  /** Of inputs too, one word each. */
  readonly both?: boolean;
}

/** A mapping that moves so many words of weights through the scratchpad, and nothing else, in one cycle. */
function candidate({ reads, fills, both = false }: Words) {
  const entry = { keys: new Float64Array(layout.keyLength), traffics: new Float64Array(layout.trafficLength) };
  const { traffic } = layer.account!;
  for (const words of [traffic.reads, traffic.updates, traffic.fills]) words.fill(0);
  traffic.usedInstances.fill(1);
  traffic.computeCycles = 1;
  const cell = (tensor: number) => tensor * traffic.levelCount + SCRATCHPAD;
  traffic.reads[cell(0)] = reads;
  traffic.fills[cell(0)] = fills;
  if (both) traffic.fills[cell(1)] = 1;
  layout.write(emptyNeeds(traffic.levelCount), layer.account!, machine, limits, entry);
  return { ...entry, read: layout.reader(entry) };
}

describe("a candidate", () => {
  it("is read as it was written", () => {
    const { read } = candidate({ reads: 30, fills: 7 });
    expect([read.leastWords(0, SCRATCHPAD), read.steadyCycles(0)]).toEqual([37, 1]);
    const traffic = read.traffic(0, SCRATCHPAD);
    expect([traffic.reads[SCRATCHPAD], traffic.fills[SCRATCHPAD], traffic.computeCycles]).toEqual([30, 7, 1]);
  });

  it("is read on any array as the model counts it: whole rows, and cycles of its ports", () => {
    // Rows of peDim words, so ceil(30 / peDim) + ceil(7 / peDim) accesses, and as many cycles as the busier port takes.
    const { read } = candidate({ reads: 30, fills: 7 });
    const traffic = read.traffic(0, SCRATCHPAD);
    for (const [a, [accesses, cycles]] of [
      [0, [19, 15]],
      [2, [10, 8]],
    ] as const) {
      const other = arrayMachine(space, model, a, "smallest");
      expect(layer.account!.vectorAccesses(traffic, other, SCRATCHPAD)).toBe(accesses);
      expect(layer.account!.levelCycles(traffic, other, SCRATCHPAD)).toBe(cycles);
    }
  });
});

describe("what makes a mapping needless", () => {
  const noWorse = (a: Words, b: Words) => layout.noWorse(candidate(a), 0, candidate(b), 0);

  it("moves so much less that rows of no width change it: a row less one word for each kind that moves", () => {
    // The widest row has 4 words: reads and fills may each take 3 words more in whole rows.
    expect(noWorse({ reads: 20, fills: 5 }, { reads: 24, fills: 8 })).toBe(true);
    expect(noWorse({ reads: 20, fills: 5 }, { reads: 24, fills: 7 })).toBe(true);
    expect(noWorse({ reads: 20, fills: 5 }, { reads: 24, fills: 6 })).toBe(false);
    expect(noWorse({ reads: 20, fills: 0 }, { reads: 23, fills: 0 })).toBe(true);
    expect(noWorse({ reads: 20, fills: 0 }, { reads: 22, fills: 0 })).toBe(false);
  });

  it("counts every tensor that moves as a kind of its own", () => {
    expect(noWorse({ reads: 20, fills: 5, both: true }, { reads: 26, fills: 9 })).toBe(true);
    expect(noWorse({ reads: 20, fills: 5, both: true }, { reads: 26, fills: 8 })).toBe(false);
  });

  it("does not take equal words at a port that limits: cycles could differ by their rounding", () => {
    expect(noWorse({ reads: 30, fills: 2 }, { reads: 30, fills: 12 })).toBe(false);
    expect(noWorse({ reads: 29, fills: 2 }, { reads: 30, fills: 12 })).toBe(true);
    expect(noWorse({ reads: 2, fills: 30 }, { reads: 12, fills: 30 })).toBe(false);
    expect(noWorse({ reads: 2, fills: 29 }, { reads: 12, fills: 30 })).toBe(true);
  });

  it("is the same traffic", () => {
    expect(noWorse({ reads: 30, fills: 7 }, { reads: 30, fills: 7 })).toBe(true);
    expect(noWorse({ reads: 30, fills: 7 }, { reads: 7, fills: 30 })).toBe(false);
  });
});
