import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  builtInTarget,
  conv,
  type Mapping,
  makeMapspace,
  matmul,
  type Problem,
  targetNames,
  unflatten,
} from "@loopnest/mapspace";
import { countBySteps } from "@loopnest/model-analytical";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { layerProgram } from "../src/index.js";
import { machineOf } from "./machine-of.js";

const folder = mkdtempSync(join(tmpdir(), "loopnest-c-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Printed {
  readonly level: string;
  readonly tensor: string;
  readonly reads: number;
  readonly updates: number;
  readonly fills: number;
}

/** Compiles and runs a program; what it printed, line by line. */
function run(source: string): (Printed | { equal: boolean })[] {
  writeFileSync(join(folder, "layer.c"), source);
  execFileSync("gcc", ["-std=c99", "-Wall", "-Wextra", "-Werror", "-o", "layer", "layer.c"], { cwd: folder });
  const printed = execFileSync(join(folder, "layer"), { encoding: "utf8" });
  return printed
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

function check(problem: Problem, mapping: Mapping): void {
  const printed = run(layerProgram(problem, mapping));
  expect(printed.pop()).toEqual({ equal: true });
  const counted = countBySteps(problem, machineOf(mapping), mapping, "physical", 10_000_000);
  const wanted = Object.entries(counted.levels).flatMap(([level, { tensors }]) =>
    Object.entries(tensors).map(([tensor, { reads, updates, fills }]) => ({ level, tensor, reads, updates, fills })),
  );
  const sorted = (list: readonly unknown[]) => list.map((entry) => JSON.stringify(entry)).sort();
  expect(sorted(printed)).toEqual(sorted(wanted));
}

const problems = [
  conv({ name: "strided", R: 3, S: 1, P: 4, Q: 2, C: 2, K: 4, N: 1, stride: [2, 1] }),
  conv({ name: "window", R: 3, S: 3, P: 4, Q: 4, C: 2, K: 2 }),
  matmul({ m: 4, k: 6, n: 4 }),
];

const LEVELS = ["DRAM", "Buffer", "Accumulator", "Registers"];

/** Random factors, orders, unrolling and bypass of four levels. */
const randomMapping = (problem: Problem): fc.Arbitrary<Mapping> => {
  const primes = Object.entries(problem.dims).flatMap(([dim, bound]) =>
    primeFactors(bound).map((p) => [dim, p] as const),
  );
  return fc
    .record({
      places: fc.array(fc.tuple(fc.nat(3), fc.constantFrom("temporal", "temporal", "temporal", "X", "Y")), {
        minLength: primes.length,
        maxLength: primes.length,
      }),
      orders: fc.array(
        fc.shuffledSubarray(Object.keys(problem.dims), { minLength: Object.keys(problem.dims).length }),
        {
          minLength: 4,
          maxLength: 4,
        },
      ),
      keeps: fc.array(fc.subarray(problem.tensors.map((tensor) => tensor.name)), { minLength: 3, maxLength: 3 }),
    })
    .map(({ places, orders, keeps }) =>
      LEVELS.map((level, l) => {
        const factor = (dim: string, kind: string) =>
          primes.reduce(
            (product, [own, prime], i) =>
              own === dim && places[i]![0] === l && places[i]![1] === kind ? product * prime : product,
            1,
          );
        const loops = (kind: string) =>
          orders[l]!.map((dim) => [dim, factor(dim, kind)] as const).filter(([, factor]) => factor > 1);
        return {
          level,
          temporal: loops("temporal"),
          spatial: (["Y", "X"] as const).flatMap((axis) => loops(axis).map(([dim, f]) => [dim, f, axis] as const)),
          keeps: l === 0 ? problem.tensors.map((tensor) => tensor.name) : keeps[l - 1]!,
        };
      }),
    );
};

function primeFactors(n: number): number[] {
  for (let p = 2; p <= n; p++) if (n % p === 0) return [p, ...primeFactors(n / p)];
  return [];
}

describe("a layer as a C program", () => {
  for (const problem of problems) {
    it(`${problem.name}: compiles without a warning, computes the layer, and moves the words of real buffers`, () => {
      fc.assert(
        fc.property(randomMapping(problem), (mapping) => check(problem, mapping)),
        { numRuns: 8, seed: 3 },
      );
    });
  }

  it.each(targetNames)("runs on %s as its mapspace allows", (name) => {
    const space = makeMapspace(builtInTarget(name), conv({ name: "layer", R: 3, S: 1, P: 4, Q: 2, C: 4, K: 4 }));
    const levels = space.target.levels.map((level) => level.name);
    const primes = [...space.shape.bounds].flatMap((bound, d) =>
      primeFactors(bound).map((prime) => [d, prime] as const),
    );
    const places = fc.array(fc.nat(), { minLength: primes.length, maxLength: primes.length });
    fc.assert(
      fc.property(places, (chosen) => {
        const nest = space.nest();
        nest.factor.fill(1);
        primes.forEach(([d, prime], i) => {
          const slots = space.slotsOf[d]!;
          nest.factor[slots[chosen[i]! % slots.length]!]! *= prime;
        });
        check(space.shape.problem, unflatten(space.shape, levels, nest));
      }),
      { numRuns: 2, seed: 7 },
    );
  });

  it("takes names as text", () => {
    const problem: Problem = {
      name: 'a */ "\n#error\\',
      dims: { for: 2, "i*/": 3 },
      tensors: [
        { name: "int", role: "input", ranks: [[["for", 1]], [["i*/", 1]]] },
        { name: 'Out"', role: "output", ranks: [[["for", 1]]] },
      ],
    };
    const loops = { temporal: [["for", 2]] as const, spatial: [], keeps: ["int", 'Out"'] };
    const mapping: Mapping = [
      { level: 'D"??/', ...loops },
      { level: "return", temporal: [["i*/", 3]], spatial: [], keeps: ["int", 'Out"'] },
    ];
    expect(run(layerProgram(problem, mapping)).pop()).toEqual({ equal: true });
  });

  it("begins at the outermost level", () => {
    const [dram, ...others] = LEVELS.map((level) => ({
      level,
      temporal: [],
      spatial: [],
      keeps: ["Inputs", "Outputs"],
    }));
    const problem = matmul({ m: 1, k: 1, n: 1 });
    expect(() => layerProgram(problem, [dram!, ...others])).toThrow(
      expect.objectContaining({ data: expect.objectContaining({ code: "unsupported", path: "mapping[0].keeps" }) }),
    );
  });
});
