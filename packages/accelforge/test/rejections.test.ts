import { LoopnestError } from "@loopnest/mapspace";
import { expect, it } from "vitest";
import { countTree, treeCaseSchema } from "../src/index.js";

type Json = Record<string, unknown>;

const architecture = {
  name: "two",
  levels: [
    { name: "DRAM", readEnergy: 100, writeEnergy: 100, readBandwidth: 1, writeBandwidth: 1 },
    {
      ...{ name: "Buffer", readEnergy: 1, writeEnergy: 1, readBandwidth: 4, writeBandwidth: 4, sizeBits: 64 },
      spatial: [{ name: "X", fanout: 2 }],
    },
  ],
  compute: { name: "MAC", energy: 1, throughput: 1 },
};
const workload = {
  name: "pair",
  ranks: { m: 4, k: 4, n: 4 },
  einsums: [
    {
      name: "E0",
      inputs: [
        { tensor: "A", proj: ["m", "k"] },
        { tensor: "B", proj: ["k", "n"] },
      ],
      output: { tensor: "C", proj: ["m", "n"] },
    },
  ],
};
const all = ["store", "DRAM", ["A", "B", "C"]];
const inside = [
  ["for", "k", 1],
  ["for", "n", 1],
  ["compute", "E0"],
];

const count = (mapping: unknown[], changes: Json = {}) =>
  countTree(treeCaseSchema.parse({ arch: architecture, workload: { ...workload, ...changes }, mapping }));

const rejected: [string, string, unknown[]][] = [
  ["a tile that does not divide", "factors", [all, ["for", "m", 3], ["for", "m", 1], ...inside]],
  ["a rank that is not taken apart", "factors", [all, ["for", "m", 2], ...inside]],
  ["a tensor that is kept nowhere", "unkept", [["store", "DRAM", ["A", "B"]], ["for", "m", 1], ...inside]],
  ["more instances than the mesh has", "fanout", [all, ["spatial", "m", 1, "X", "Buffer"], ...inside]],
  ["a mesh that is not there", "no-fanout", [all, ["spatial", "m", 1, "Y", "Buffer"], ...inside]],
  ["a level that is not there", "input", [["store", "Cache", ["A"]], all, ["for", "m", 1], ...inside]],
  ["a rank that the Einsum lacks", "input", [all, ["for", "q", 1], ["for", "m", 1], ...inside]],
  ["an Einsum that is not computed", "input", [all, ["compute", "E1"]]],
  ["an Einsum computed twice", "input", [all, ["split", [[["compute", "E0"]], [["compute", "E0"]]]]]],
  ["a branch without an end", "input", [all, ["for", "m", 1]]],
];

for (const [what, code, mapping] of rejected) {
  it(`rejects ${what}`, () => {
    expect(() => count(mapping)).toThrow(expect.objectContaining({ code }));
    expect(() => count(mapping)).toThrow(LoopnestError);
  });
}

it("rejects a mapping that does not fit, and says by how much", () => {
  const mapping = [all, ["store", "Buffer", ["A", "B"]], ["for", "m", 1], ...inside];
  expect(() => count(mapping, { bits: { A: 8 } })).toThrow(
    expect.objectContaining({ data: expect.objectContaining({ code: "capacity", needed: 128 + 16, available: 64 }) }),
  );
  // Streamed, both fit.
  const streamed = [all, ["for", "m", 1], ["store", "Buffer", ["A"]], ...inside];
  expect(count(streamed, { bits: { A: 8 } }).peakBits.get("Buffer")).toBe(8);
});

it("rejects a rank that is no sum, and a size that is not given", () => {
  const einsum = (proj: string[]) => ({ ...workload.einsums[0]!, output: { tensor: "C", proj } });
  const mapping = [all, ["for", "m", 1], ...inside];
  expect(() => count(mapping, { einsums: [einsum(["m-n"])] })).toThrow(/rank m-n/);
  expect(() => count(mapping, { einsums: [einsum(["m", "n", "toString"])] })).toThrow(/size of toString/);
});
