import { conv, depthwiseConv, LoopnestError, type Mapping, matmul, type Problem, systolic } from "@loopnest/mapspace";
import { builtInEnergyTable, evaluate, priceTarget } from "@loopnest/model-analytical";
import { afterAll, describe, expect, inject, it } from "vitest";
import { defaultMemory, type Job, type MemoryTiming, type OperandData } from "../src/job.js";
import { lower } from "../src/lower.js";
import { registers } from "../src/registers.js";
import { openSimulator, type RunCounts } from "../src/simulator.js";
import { numbers, pick, randomMapping } from "./random-mapping.js";
import { type Loops, mappingOf, singleElement, testHardware } from "./test-machine.js";

const hardware = testHardware;
const architecture = priceTarget(systolic, builtInEnergyTable("dosa")).architecture(hardware);

/** Operands so small that sums are int8 as they are: every bit of a sum is checked. */
const exact: Partial<OperandData> = { amplitude: 1, shift: 0 };

const program = inject("program");
const simulator = openSimulator(program, defaultMemory);
afterAll(() => simulator.close());

const run = (problem: Problem, mapping: Mapping, data?: Partial<OperandData>): Promise<RunCounts> =>
  simulator.run(lower(problem, mapping, hardware, data));

async function runWith(memory: MemoryTiming, job: Job): Promise<RunCounts> {
  const other = openSimulator(program, memory);
  try {
    return await other.run(job);
  } finally {
    other.close();
  }
}

describe("results are those of the plain convolution", () => {
  const cases: [string, Problem, Mapping][] = [
    ["a single product", matmul({ m: 1, n: 1, k: 1 }), singleElement({})],
    ["one matrix product on one element", matmul({ m: 5, n: 3, k: 7 }), singleElement({ P: 5, K: 3, C: 7 })],
    ["the whole array", matmul({ m: 16, n: 16, k: 16 }), mappingOf({ C: 2 }, { K: 2, P: 16 }, 8, 8)],
    ["a row vector", matmul({ m: 1, n: 24, k: 40 }), mappingOf({ K: 3 }, { C: 5 }, 8, 8)],
    ["rows and columns left over", matmul({ m: 9, n: 35, k: 21 }), mappingOf({ K: 5, C: 3 }, { P: 9 }, 7, 7)],
    ["sums that leave and come back", matmul({ m: 12, n: 20, k: 18 }), mappingOf({ C: 3, P: 3, K: 4 }, { P: 4 }, 5, 6)],
    ["sums of one column that come back", matmul({ m: 12, n: 3, k: 18 }), mappingOf({ C: 3, K: 3 }, { P: 12 }, 1, 6)],
    [
      "a convolution",
      conv({ R: 3, S: 3, P: 10, Q: 6, C: 16, K: 16 }),
      mappingOf({ K: 2, P: 2, C: 2 }, { R: 3, S: 3, P: 5, Q: 6 }, 8, 8),
    ],
    [
      "strides, dilation and ragged channels",
      conv({ R: 3, S: 5, P: 7, Q: 6, C: 3, K: 10, N: 2, stride: [2, 3], dilation: [2, 1] }),
      mappingOf({ N: 2, P: 7, S: 5 }, { K: 2, R: 3, Q: 6 }, 5, 3),
    ],
    [
      "a filter walked by tiles",
      conv({ R: 3, S: 3, P: 4, Q: 4, C: 5, K: 6 }),
      mappingOf({ R: 3, P: 4, S: 3 }, { Q: 4 }, 6, 5),
    ],
    [
      "groups within a tile",
      conv({ R: 3, S: 1, P: 4, Q: 3, C: 6, K: 4, G: 3 }),
      mappingOf({ P: 2, C: 2 }, { G: 3, K: 2, R: 3, P: 2, Q: 3 }, 2, 3),
    ],
    [
      "a depthwise convolution",
      depthwiseConv({ R: 3, S: 3, P: 6, Q: 6, channels: 10, stride: 2 }),
      mappingOf({ G: 5, Q: 2 }, { G: 2, R: 3, S: 3, P: 6, Q: 3 }, 1, 1),
    ],
    ["a batch of products", matmul({ m: 6, n: 8, k: 8, batch: 4 }), mappingOf({ G: 4 }, { P: 6 }, 8, 8)],
  ];

  it.each(cases)("%s", async (_, problem, mapping) => {
    const whole = await run(problem, mapping);
    const bits = await run(problem, mapping, exact);
    // Cycles do not depend on the data.
    expect(bits).toEqual(whole);
  });

  it("for any mapping that fits", async () => {
    const random = numbers(7);
    let runs = 0;
    for (let round = 0; runs < 60; round++) {
      const problem = conv({
        R: pick([1, 2, 3], random),
        S: pick([1, 3], random),
        P: pick([1, 4, 6, 7], random),
        Q: pick([1, 4, 6], random),
        C: pick([1, 3, 8, 12, 20], random),
        K: pick([1, 6, 8, 10, 16], random),
        N: pick([1, 1, 2], random),
        ...(random() < 0.3 && { G: pick([2, 3], random) }),
        stride: [pick([1, 2, 3], random), pick([1, 2], random)],
        dilation: [pick([1, 2], random), pick([1, 3], random)],
      });
      const mapping = randomMapping(problem, random);
      let job: Job;
      try {
        job = lower(problem, mapping, hardware, { seed: round });
      } catch (error) {
        if (error instanceof LoopnestError && ["fanout", "capacity"].includes(error.code)) continue;
        throw error;
      }
      await expect(simulator.run(job), JSON.stringify({ problem, mapping })).resolves.toBeDefined();
      runs++;
    }
  }, 60_000);

  it("or the run fails and says which output is wrong", async () => {
    const [, problem, mapping] = cases[2]!;
    const job = lower(problem, mapping, hardware);
    const broken = job.registers.map(
      ([index, value]) => [index, index === registers.activeRows ? value - 1 : value] as const,
    );
    await expect(simulator.run({ ...job, registers: broken })).rejects.toThrow(
      /^output \d+ of 256 is -?\d+ and should be/,
    );
    // The simulator goes on with the next job.
    await expect(run(problem, mapping)).resolves.toBeDefined();
  });
});

describe("cycles", () => {
  // Tiles whose rows are whole beats, so that words over the port are the model's words.
  const problem = matmul({ m: 64, n: 64, k: 64 });
  const orders: Loops[] = [
    { C: 4, K: 4, P: 4 },
    { P: 4, K: 4, C: 4 },
    { K: 4, C: 4, P: 4 },
  ];

  it.each(orders)("enter and leave memory as the model counts: %o", async (dram) => {
    const mapping = mappingOf(dram, { C: 2, K: 2, P: 16 }, 8, 8);
    const counts = await run(problem, mapping);
    const { levels, computeCycles } = evaluate(problem, architecture, mapping);
    const { Inputs, Weights, Outputs } = levels["DRAM"]!.tensors;
    expect(counts.computingCycles).toBe(computeCycles);
    // A partial sum takes four bytes.
    expect(8 * counts.readBeats).toBe(Inputs!.reads + Weights!.reads + 4 * Outputs!.reads);
    const finished = problem.dims["P"]! * problem.dims["K"]!;
    expect(8 * counts.writeBeats).toBe(finished + 4 * (Outputs!.updates - finished));
  });

  it("are those of the array where nothing else limits", async () => {
    const mapping = mappingOf({ P: 8, Q: 2 }, { R: 3, S: 3, P: 4, Q: 16, C: 2, K: 2 }, 8, 8);
    const { cycles, computingCycles } = await run(conv({ R: 3, S: 3, P: 32, Q: 32, C: 16, K: 16 }), mapping);
    expect(computingCycles).toBe(32 * 32 * 9 * 4);
    expect(cycles).toBeGreaterThan(computingCycles);
    expect(cycles).toBeLessThan(1.03 * computingCycles);
  });

  it("are those of the port where it limits, and follow its bandwidth", async () => {
    const mapping = mappingOf({ K: 32 }, { C: 32 }, 8, 8);
    const job = lower(matmul({ m: 1, n: 256, k: 256 }), mapping, hardware);
    const full = await runWith(defaultMemory, job);
    const half = await runWith({ ...defaultMemory, cyclesPerBeat: 2 }, job);
    const beats = full.readBeats + full.writeBeats;
    expect(full.cycles).toBeGreaterThanOrEqual(beats);
    expect(half.cycles).toBeGreaterThanOrEqual(2 * beats);
    expect(half.cycles).toBeLessThan(2 * full.cycles);
    const far = await runWith({ ...defaultMemory, latencyCycles: 256 }, job);
    expect(far.cycles).toBeGreaterThan(full.cycles + 192);
  });

  it("overlap loading and computing: two buffers beat one after the other", async () => {
    // 8 tiles, each 512 cycles of computing, 256 of loading and 256 of storing.
    const mapping = mappingOf({ P: 8 }, { K: 2, P: 128, C: 2 }, 8, 8);
    const { cycles, computingCycles, readBeats, writeBeats } = await run(matmul({ m: 1024, n: 16, k: 16 }), mapping);
    expect(computingCycles).toBe(8 * 512);
    expect(readBeats + writeBeats).toBe(8 * 512 + 32);
    expect(cycles).toBeLessThan(0.65 * (computingCycles + readBeats + writeBeats));
  });
});
