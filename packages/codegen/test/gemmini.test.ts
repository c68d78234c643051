import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { conv, type Mapping, matmul, type Problem, withBits } from "@loopnest/mapspace";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { type DriverCall, driverCall, driverHeader, generatorConfig, generatorScala } from "../src/index.js";

const folder = mkdtempSync(join(tmpdir(), "loopnest-gemmini-"));
afterAll(() => rmSync(folder, { recursive: true }));

const config = generatorConfig({ peDim: 16, scratchpadKb: 256, accumulatorKb: 64 });
const KEEPS = ["Weights", "Inputs", "Outputs"];
/** A mapping of the target gemmini: loops over tiles, then the tile, K and C across the array as far as they go. */
function mapped(problem: Problem, outer: readonly (readonly [string, number])[]): Mapping {
  const left = { ...problem.dims };
  for (const [dim, factor] of outer) left[dim] = left[dim]! / factor;
  const across = (dim: string) => Math.max(...[16, 8, 4, 2, 1].filter((n) => left[dim]! % n === 0));
  const [k, c] = [across("K"), across("C")];
  const inner = Object.entries({ ...left, K: left["K"]! / k, C: left["C"]! / c }).filter(([, factor]) => factor > 1);
  return [
    { level: "DRAM", temporal: [...outer], spatial: [], keeps: KEEPS },
    { level: "Scratchpad", temporal: [], spatial: [["K", k, "X"]], keeps: ["Weights", "Inputs"] },
    { level: "Accumulator", temporal: inner, spatial: [["C", c, "X"]], keeps: ["Outputs"] },
    { level: "Registers", temporal: [], spatial: [], keeps: ["Weights"] },
  ];
}

const call = (problem: Problem, mapping: Mapping, own = config) => driverCall(problem, mapping, own.parameters);

/**
 * Origins of tiles in the order in which the driver's loops come to them: `for (i0...) for (j0...)` with steps of a
 * tile.
 */
function driverTiles({ function: name, arguments: args }: DriverCall): string[] {
  const loops: [string, number, number][] =
    name === "tiled_matmul"
      ? [
          ["P", args["dim_I"]!, 16 * args["tile_I"]!],
          ["K", args["dim_J"]!, 16 * args["tile_J"]!],
          ["C", args["dim_K"]!, 16 * args["tile_K"]!],
        ]
      : [
          ["N", args["batch_size"]!, args["batches"]!],
          ["P", args["out_row_dim"]!, args["porows"]!],
          ["Q", args["out_col_dim"]!, args["pocols"]!],
          ["K", args["out_channels"]!, args["pochs"]!],
          ["R", args["kernel_dim"]!, args["krows"]!],
          ["S", args["kernel_dim"]!, args["kcols"]!],
          ["C", args["in_channels"]!, args["kchs"]!],
        ];
  return walk(loops);
}

/** Origins of tiles in the order of a mapping's outermost loops. */
function mappingTiles(problem: Problem, mapping: Mapping): string[] {
  const steps = mapping[0]!.temporal.map(([dim, factor]): [string, number, number] => {
    const bound = problem.dims[dim]!;
    return [dim, bound, bound / factor];
  });
  return walk(steps);
}

function walk(loops: readonly [string, number, number][]): string[] {
  let origins: Record<string, number>[] = [{}];
  for (const [dim, bound, step] of loops) {
    origins = origins.flatMap((origin) =>
      Array.from({ length: Math.ceil(bound / step) }, (_, i) => ({ ...origin, [dim]: i * step })),
    );
  }
  return origins.map((origin) => ["N", "P", "Q", "K", "R", "S", "C"].map((dim) => origin[dim] ?? 0).join());
}

describe("driverCall", () => {
  const convs = conv({ R: 3, S: 3, P: 8, Q: 4, C: 64, K: 32, N: 2 });
  const product = matmul({ m: 128, k: 192, n: 64 });

  it("comes to the same tiles in the same order, unless it says that it does not", () => {
    const outerOf = (dims: readonly (readonly [string, readonly number[]])[]) =>
      fc
        .tuple(...dims.map(([dim, factors]) => fc.constantFrom(...factors).map((factor) => [dim, factor] as const)))
        .chain((loops) => fc.shuffledSubarray(loops, { minLength: loops.length, maxLength: loops.length }));
    const cases = fc.oneof(
      outerOf([
        ["N", [1, 2]],
        ["P", [1, 2, 4]],
        ["Q", [1, 2]],
        ["K", [1, 2]],
        ["R", [1, 3]],
        ["S", [1, 3]],
        ["C", [1, 2, 4]],
      ]).map((outer) => [convs, outer] as const),
      outerOf([
        ["P", [1, 2, 8]],
        ["K", [1, 2, 4]],
        ["C", [1, 3, 12]],
      ]).map((outer) => [product, outer] as const),
    );
    let [same, other] = [0, 0];
    fc.assert(
      fc.property(cases, ([problem, outer]) => {
        const mapping = mapped(
          problem,
          outer.filter(([, factor]) => factor > 1),
        );
        const found = call(problem, mapping);
        if ("reason" in found) throw new Error(found.reason);
        const equal = driverTiles(found).join(" ") === mappingTiles(problem, mapping).join(" ");
        const saysSo = found.differences.some((text) => /loops over tiles/.test(text));
        if (equal) same++;
        else other++;
        expect(saysSo).toBe(!equal);
      }),
      { numRuns: 300, seed: 1 },
    );
    expect(Math.min(same, other)).toBeGreaterThan(20);
  });

  it("names what the driver does otherwise", () => {
    const differences = (problem: Problem, mapping: Mapping, own = config) =>
      (call(problem, mapping, own) as DriverCall).differences.join("; ");
    expect(differences(product, mapped(product, [["P", 16]]))).toMatch(/tiles of P are 8 words; .* multiples of 16/);
    expect(
      differences(
        product,
        mapped(product, [
          ["C", 2],
          ["P", 2],
        ]),
      ),
    ).toMatch(/tiles are C P, .* driver's are P C/);
    const narrow = mapped(product, []).map((level, l) =>
      l === 1 ? { ...level, spatial: [["K", 8, "X"]] as const, temporal: [["K", 2]] as const } : level,
    );
    expect(differences(product, narrow)).toMatch(/fills 8 columns of the array; the driver fills 16/);
    // 8 x 12 + 12 x 4 blocks of 16 rows: 2304 of 8 kB / 16 = 512.
    const small = generatorConfig({ peDim: 16, scratchpadKb: 8, accumulatorKb: 8 });
    expect(differences(product, mapped(product, []), small)).toMatch(
      /takes 2304 rows of the scratchpad; .* allows 256/,
    );
  });

  it("names layers that it has no call for, and calls once a group", () => {
    const reason = (problem: Problem) => (call(problem, mapped(problem, [])) as { reason: string }).reason;
    expect(reason(conv({ R: 3, S: 3, P: 4, Q: 4, C: 1, K: 1, G: 8 }))).toMatch(/no groups/);
    expect(reason(conv({ R: 1, S: 3, P: 4, Q: 4, C: 8, K: 8 }))).toMatch(/kernel is 1 x 3/);
    expect(reason(conv({ R: 1, S: 1, P: 4, Q: 4, C: 8, K: 8, stride: [2, 1] }))).toMatch(/strides are 2 and 1/);
    expect(reason(withBits(matmul({ m: 4, n: 4, k: 4 }), { weights: 4 }))).toMatch(/elements of \w+ have 4 bits/);
    const asBuilt = withBits(matmul({ m: 4, n: 4, k: 4 }), { weights: 8, inputs: 8, outputs: 8, partialSums: 32 });
    expect(call(asBuilt, mapped(asBuilt, []))).toHaveProperty("function", "tiled_matmul");
    const heads = matmul({ m: 32, k: 64, n: 32, batch: 12 });
    expect(call(heads, mapped(heads, [["G", 12]]))).toMatchObject({
      function: "tiled_matmul",
      calls: 12,
      differences: [],
    });
  });
});

describe("driverHeader", () => {
  it("compiles, and calls with the arguments in the driver's order", () => {
    const layers = [
      { name: "fc 1", problem: matmul({ m: 64, k: 32, n: 48 }) },
      { name: "3x3", problem: conv({ R: 3, S: 3, P: 8, Q: 8, C: 16, K: 32, stride: 2 }) },
      { name: "depthwise", problem: conv({ R: 3, S: 3, P: 8, Q: 8, C: 1, K: 1, G: 32 }) },
    ].map((layer) => ({ ...layer, mapping: mapped(layer.problem, [["P", 2]]) }));
    const { text } = driverHeader(layers, config, "a net");
    expect(text).toMatch(/depthwise: not by the driver: the driver's convolution has no groups\./);
    writeFileSync(join(folder, "loopnest_gemmini.h"), text);
    const parameters = (count: number) => Array.from({ length: count }, (_, i) => `int p${i}`).join(", ");
    const print = (count: number) =>
      `printf("${"%d ".repeat(count)}\\n", ${Array.from({ length: count }, (_, i) => `p${i}`).join(", ")});`;
    writeFileSync(
      join(folder, "main.c"),
      `#include <stdio.h>
#include "loopnest_gemmini.h"
static void matmul(${parameters(6)}) { ${print(6)} }
static void conv(${parameters(19)}) { ${print(19)} }
int main(void) { matmul(FC_1_SIZES, FC_1_TILES); conv(_3X3_SIZES, _3X3_TILES); return 0; }
`,
    );
    execFileSync("gcc", ["-std=c99", "-Wall", "-Wextra", "-Werror", "-o", "main", "main.c"], { cwd: folder });
    const printed = execFileSync(join(folder, "main"), { encoding: "utf8" });
    // I, J, K; a tile is 32 x 48 x 32 words in blocks of 16.
    expect(printed.split("\n")[0]!.trim()).toBe("64 48 32 2 3 2");
    // (8 - 1) x 2 + 3 = 17 rows of inputs; tiles of 4 rows.
    expect(printed.split("\n")[1]!.trim()).toBe("1 17 17 16 32 8 8 2 1 1 0 3 1 4 8 32 3 3 16");
  });
});

describe("generatorConfig", () => {
  it("keeps what the generator requires, never smaller than what was searched, and says what it changes", () => {
    const sizes = fc.record({
      peDim: fc.integer({ min: 2, max: 128 }),
      scratchpadKb: fc.integer({ min: 1, max: 4096 }),
      accumulatorKb: fc.integer({ min: 1, max: 4096 }),
    });
    fc.assert(
      fc.property(sizes, (hardware) => {
        const { parameters, differences } = generatorConfig(hardware);
        const { meshRows, meshColumns, sp_capacity, acc_capacity, sp_banks, acc_banks } = parameters;
        const isPower = (value: number) => Number.isInteger(Math.log2(value));
        // As GemminiArrayConfig computes rows: kb * 1024 * 8 / (banks * width in bits).
        const spRows = Math.floor((sp_capacity * 8192) / (sp_banks * meshColumns * 8));
        const accRows = Math.floor((acc_capacity * 8192) / (acc_banks * meshColumns * 32));
        expect([meshRows === meshColumns, isPower(meshRows), isPower(spRows)]).toEqual([true, true, true]);
        expect([spRows % meshRows, accRows % meshRows]).toEqual([0, 0]);
        expect((spRows * sp_banks) / meshRows - 2).toBeGreaterThanOrEqual((accRows * acc_banks) / meshRows);
        expect(meshRows).toBeGreaterThanOrEqual(hardware.peDim);
        expect(sp_capacity).toBeGreaterThanOrEqual(hardware.scratchpadKb);
        expect(acc_capacity).toBeGreaterThanOrEqual(hardware.accumulatorKb);
        const changed = [
          meshRows !== hardware.peDim,
          sp_capacity !== hardware.scratchpadKb,
          acc_capacity !== hardware.accumulatorKb,
        ];
        expect(differences).toHaveLength(changed.filter(Boolean).length);
      }),
      { seed: 1 },
    );
    expect(config.differences).toEqual([]);
    expect(generatorScala(config, "a net")).toMatch(/sp_capacity = CapacityInKilobytes\(256\)/);
  });
});
