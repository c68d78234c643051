import { type Architecture, type Mapping, matmul, type Problem } from "@loopnest/mapspace";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluate } from "../src/index.js";

const tensors = ["Weights", "Inputs", "Outputs"];

function level(name: string) {
  return {
    name,
    keeps: tensors,
    wordBits: 8,
    blockSize: 1,
    capacityWords: null,
    bandwidthWordsPerCycle: null,
    instances: 1,
    meshX: 1,
    energyPerVectorAccessPj: 1,
    areaPerInstanceUm2: 1,
  };
}

const architecture: Architecture = {
  name: "DRAM and one register",
  levels: [level("DRAM"), level("Register")],
  compute: { instances: 1, meshX: 1, energyPj: 1, areaPerInstanceUm2: 1 },
};

/** All loops at DRAM, in the given order, outermost first. */
function allAtDram(problem: Problem, order: readonly string[]): Mapping {
  return [
    { level: "DRAM", temporal: order.map((dim) => [dim, problem.dims[dim]!] as const), spatial: [], keeps: tensors },
    { level: "Register", temporal: [], spatial: [], keeps: tensors },
  ];
}

/** Words that a register of one word fetches: all iterations but those of the irrelevant loops that are innermost. */
function fetchedWords(problem: Problem, order: readonly string[], tensor: string): bigint {
  const relevant = problem.tensors
    .find(({ name }) => name === tensor)!
    .ranks.flat()
    .map(([dim]) => dim);
  const bounds = order.map((dim) => ({ dim, bound: BigInt(problem.dims[dim]!) })).filter(({ bound }) => bound > 1n);
  while (bounds.length > 0 && !relevant.includes(bounds.at(-1)!.dim)) bounds.pop();
  return bounds.reduce((product, { bound }) => product * bound, 1n);
}

describe("counts beyond 2^53", () => {
  it("are listed as inexact, and every other count is exact", () => {
    const extent = fc.integer({ min: 1, max: 1_000_000 });
    const order = fc.shuffledSubarray(["P", "C", "K"], { minLength: 3 });
    fc.assert(
      fc.property(extent, extent, extent, order, (m, n, k, loops) => {
        const problem = matmul({ m, n, k });
        const found = evaluate(problem, architecture, allAtDram(problem, loops));
        const macs = BigInt(m) * BigInt(n) * BigInt(k);
        const expectCount = (path: string, count: number, exact: bigint) => {
          if (!found.inexact.includes(path)) expect(BigInt(count), path).toBe(exact);
          else expect(Math.abs(count / Number(exact) - 1), path).toBeLessThan(1e-15);
          if (exact > 2n ** 53n) expect(found.inexact).toContain(path);
          if (exact < 2n ** 52n && macs < 2n ** 52n) expect(found.inexact).not.toContain(path);
        };
        expectCount("macs", found.macs, macs);
        expectCount("cycles", found.cycles, macs);
        for (const tensor of tensors) {
          const isOutput = tensor === "Outputs";
          const fetched = fetchedWords(problem, loops, tensor);
          const dram = found.levels["DRAM"]!.tensors[tensor]!;
          const register = found.levels["Register"]!.tensors[tensor]!;
          const words = isOutput ? BigInt(m) * BigInt(n) : 0n;
          expectCount(`levels.DRAM.${tensor}.reads`, dram.reads, fetched - words);
          expectCount(`levels.Register.${tensor}.fills`, register.fills, fetched - words);
          expectCount(`levels.Register.${tensor}.reads`, register.reads, macs - words);
          if (isOutput) expectCount(`levels.DRAM.${tensor}.updates`, dram.updates, fetched);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("leave fills exact that only the loops around them exceed", () => {
    const problem = matmul({ m: 96_547, n: 134_763, k: 777_777 });
    const found = evaluate(problem, architecture, allAtDram(problem, ["P", "K", "C"]), "timeloop-2022");
    expect(found.levels["Register"]!.tensors["Outputs"]!.fills).toBe(96_547 * 134_763);
    expect(found.inexact).toContain("levels.Register.Outputs.updates");
    expect(found.inexact).not.toContain("levels.Register.Outputs.fills");
  });

  it("are listed where they arrive but do not stay, in an uneven mapping as in an even one", () => {
    // Every output word is visited once: no fill of the 10^16 that arrive, which is past what doubles tell apart.
    const problem = matmul({ m: 100_000_000, n: 100_000_000, k: 1 });
    const [outer, register] = allAtDram(problem, ["P", "K", "C"]) as [Mapping[number], Mapping[number]];
    const nodes = [["Weights", "Inputs"], ["Outputs"]].map((keeps) => ({ ...register, keeps }));
    for (const inner of [[register], nodes]) {
      const found = evaluate(problem, architecture, [outer, ...inner]);
      expect(found.levels["Register"]!.tensors["Outputs"]!.fills).toBe(0);
      expect(found.inexact).toContain("levels.Register.Outputs.fills");
    }
  });

  it("leave the share of an instance exact, although it is a quotient of larger numbers", () => {
    // In doubles (915 * 347,517) * (305 * 115,839) div (305 * 347,517) is one word too low.
    const problem = matmul({ m: 915, n: 347_517, k: 1 });
    const spread: Architecture = {
      ...architecture,
      levels: [level("DRAM"), { ...level("Register"), instances: 3, meshX: 3 }],
      compute: { instances: 3, meshX: 3, energyPj: 1, areaPerInstanceUm2: 1 },
    };
    const found = evaluate(problem, spread, [
      { level: "DRAM", temporal: [["P", 3]], spatial: [["K", 3, "X"]], keeps: tensors },
      {
        level: "Register",
        temporal: [
          ["P", 305],
          ["K", 115_839],
        ],
        spatial: [],
        keeps: tensors,
      },
    ]);
    // Every output word is visited once: nothing is read back.
    expect(found.levels["Register"]!.tensors["Outputs"]).toMatchObject({ reads: 0, updates: 915 * 347_517 });
    expect(found.inexact).toEqual([]);
  });
});

describe("extents of a million", () => {
  it("are not walked step by step", () => {
    const problem = matmul({ m: 1_000_000, n: 1_000_000, k: 1_000_000 });
    const mapping: Mapping = [
      {
        level: "DRAM",
        temporal: [
          ["P", 1000],
          ["K", 1000],
          ["C", 1000],
        ],
        spatial: [],
        keeps: tensors,
      },
      {
        level: "Register",
        temporal: [
          ["C", 1000],
          ["P", 1000],
          ["K", 1000],
        ],
        spatial: [],
        keeps: tensors,
      },
    ];
    // By steps this would take years.
    expect(evaluate(problem, architecture, mapping).macs).toBe(1e18);
  });
});
