import { conv, matmul, type Problem } from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import {
  exportTimeloop,
  importTimeloop,
  readArchitecture,
  readMapping,
  readProblem,
  writeArchitecture,
  writeMapping,
  writeProblem,
} from "../src/index.js";
import { fault, fixture, fixtureText, place } from "./fixture-files.js";

const files = fixture("weight-stationary-v03");
const { architecture, problem, mapping } = importTimeloop(files);

/** The fault of a fixture of the tree style with a change in one file, after a check of where it is said to be. */
function changed(file: string, from: string, to: string, marker: string): string {
  const edited = files.map((each) => (each.file === file ? { file, text: each.text.replace(from, to) } : each));
  const { text } = edited.find((each) => each.file === file)!;
  const said = fault(() => importTimeloop(edited));
  const at = `${file}:${place(text, marker)}: `;
  expect(said).toContain(at);
  return said.replace(at, "");
}

const buffer = "architecture.subtree[0].subtree[0].local[0]";
const register = "architecture.subtree[0].subtree[0].subtree[0].local[0]";

describe("an architecture that loopnest cannot take", () => {
  it.each([
    [
      "memory_depth: 4096",
      "memory_deep: 4096",
      "memory_deep",
      `input ${buffer}.attributes.memory_deep: there is no attribute memory_deep; did you mean memory_depth`,
    ],
    [
      "entries: 1,",
      "",
      "name: WeightRegister",
      `input ${register}: WeightRegister has no size; give entries, depth or sizeKB`,
    ],
    ["word-bits: 8, meshX", "meshX", "name: WeightRegister", `input ${register}: WeightRegister has no word-bits`],
    ["entries: 1,", "entries: 2 * 3,", "2 * 3", `input ${register}.attributes.entries: is "2 * 3"; write a number`],
    [
      "memory_width: 64",
      "memory_width: 128",
      "128",
      `unsupported ${buffer}.attributes.memory_width: Buffer is a cluster of 2 memories`,
    ],
    [
      "shared_bandwidth: 32",
      "read_bandwidth: 32",
      "read_bandwidth: ^32",
      `unsupported ${buffer}.attributes.read_bandwidth: Buffer limits only one direction; give write_bandwidth too`,
    ],
    [
      "n_banks: 4",
      "min-utilization: 0.5",
      "min-utilization",
      `unsupported ${buffer}.attributes.min-utilization: min-utilization has no counterpart`,
    ],
    ["meshX: 4}", "meshX: 5}", "meshX: ^5", `input ${register}.attributes.meshX: 32 instances do not fill 5 columns`],
    ["class: regfile", "class: XY_NoC", "XY_NoC", `unsupported ${register}.class: WeightRegister is a network`],
    [
      "class: regfile",
      "class: crossbar",
      "crossbar",
      `unsupported ${register}.class: WeightRegister is of class crossbar; leave it out, or import with ignore: ["WeightRegister"]`,
    ],
    ["name: Buffer", "name: DRAM", "name: DRAM\n        class: smart", `input ${buffer}: DRAM is listed twice`],
    ["version: 0.3", "version: 0.5", "0.5", "unsupported architecture.version: version 0.5 of the tree style"],
    [
      "bypass: [Inputs, Outputs]",
      "bypass: [Input, Outputs]",
      "[Input, ",
      "input architecture_constraints.targets[0].bypass: unknown tensor Input",
    ],
    [
      "PE[0..31]",
      "PE[0..31",
      "PE[0..31",
      "input architecture.subtree[0].subtree[0].subtree[0].name: PE[0..31 is not a name",
    ],
  ])("%s -> %s", (from, to, marker, expected) => {
    expect(changed("arch.yaml", from, to, marker)).toContain(expected);
  });

  it("without energies or areas is an error that says how to give them", () => {
    const arch = fixtureText("weight-stationary-v03", "arch.yaml");
    const read = (options: object) => readArchitecture(arch, problem, { file: "arch.yaml", ...options });
    expect(fault(() => read({}))).toBe(
      'input arch.yaml:7:7: architecture.subtree[0].local[0]: there is no energy for DRAM; give an ERT, the attribute vector-access-energy, or energyTable: { "DRAM": pJ } ("*" is for all others)',
    );
    expect(
      fault(() => read({ energyTable: { DRAM: 9, Buffer: 3, WeightRegister: 1 }, areaTable: { "*": 0 } })),
    ).toContain("there is no energy for MACC");
    expect(fault(() => read({ energyTable: { "*": 1 } }))).toContain("there is no area for Buffer");
    expect(
      read({ energyTable: { DRAM: 9, "*": 1 }, areaTable: { "*": 5 } }).levels.map(
        (level) => level.energyPerVectorAccessPj,
      ),
    ).toEqual([9, 1, 1]);
  });

  it("with reads and writes of different cost is refused, or takes the larger", () => {
    const node = fixture("eyeriss-like-v04");
    expect(fault(() => importTimeloop(node, { areaTable: { "*": 0 } }))).toBe(
      `unsupported ERT.yaml:${place(node.find(({ file }) => file === "ERT.yaml")!.text, "name: chip_top_level.GlobalBuffer")}: ERT.tables[1]: GlobalBuffer has different energies: read 18 pJ, write 14 pJ, update 14.5 pJ; loopnest charges reads, fills and updates alike: import with unequalEnergies "max", or give energyTable: { "GlobalBuffer": pJ }`,
    );
    const table = { GlobalBuffer: 16, InputSpad: 0.2, WeightSpad: 2 };
    const read = importTimeloop(node, { areaTable: { "*": 0 }, energyTable: table });
    expect(read.architecture.levels.map((level) => level.energyPerVectorAccessPj)).toEqual([
      512, 16, 0, 0, 0.2, 2, 0.3,
    ]);
  });

  it("may leave out what is named", () => {
    const arch = fixtureText("output-stationary-flat", "arch.yaml").replace(
      "sizeKB: 32",
      "sizeKB: 32\n    wire-energy: 0.1",
    );
    const gemm = readProblem(fixtureText("output-stationary-flat", "gemm.yaml"), { file: "gemm.yaml" });
    expect(fault(() => readArchitecture(arch, gemm, { file: "a.yaml" }))).toContain(
      'import with ignore: ["wire-energy"]',
    );
    expect(readArchitecture(arch, gemm, { file: "a.yaml", ignore: ["wire-energy"] }).levels.length).toBe(3);
  });

  it("of the node style", () => {
    const node = (from: string, to: string) => {
      const arch = fixtureText("eyeriss-like-v04", "arch.yaml").replace(from, to);
      return fault(() =>
        readArchitecture(
          arch,
          importTimeloop(fixture("eyeriss-like-v04"), { unequalEnergies: "max", areaTable: { "*": 0 } }).problem,
          { file: "a.yaml", energyTable: { "*": 1 }, areaTable: { "*": 0 } },
        ),
      );
    };
    expect(node("- !Hierarchical", "- !Pipelined")).toContain(
      "unsupported a.yaml:23:5: architecture.nodes[4]: a node !Pipelined",
    );
    expect(node("spatial: {meshX: 14}", "spatial: {meshx: 14}")).toContain(
      "input a.yaml:20:15: architecture.nodes[3].spatial.meshx: there is no meshx",
    );
    expect(node("split: 999", "no_reuse: [Weights]")).toContain("no_reuse in a spatial directive");
    expect(node("dataspace: {bypass: [Weights]}", "spatial: {split: 1}")).toContain(
      "spatial constraints on a node without such loops",
    );
    expect(node("dataspace: {keep: [Inputs]}", "dataspace: {keep: [Inputs, Weights]}")).toContain(
      "2 branches keep Weights; let one branch keep it",
    );
  });
});

describe("a problem that loopnest cannot take", () => {
  const gemm = fixtureText("output-stationary-flat", "gemm.yaml");
  it.each([
    ["  K: 24\n", "", "shape:", "input problem: K is missing; give the bound of K"],
    ["  K: 24\n", "  K: 0\n", "0\n  gap", "input problem.K: is 0; write a whole number of at least 1"],
    ["gap: 2", "gap: 2\n  densities: {A: 0.5}", "0.5", "unsupported problem.densities.A: sparse tensors"],
    [
      "[[M, gap]]",
      "[[M, gab]]",
      "gab",
      "input problem.shape.data-spaces[0].projection[0][0][1]: unknown coefficient gab; the shape has gap",
    ],
    [
      "[[M, gap]]",
      "[[L, gap]]",
      "L, gap",
      "input problem.shape.data-spaces[0].projection[0][0][0]: unknown dimension L; the shape has M, N, K",
    ],
    ["[M, N, K]", "[M, N, K", "coefficients", "input undefined: "],
  ])("%s -> %s", (from, to, marker, expected) => {
    const text = gemm.replace(from, to);
    const said = fault(() => readProblem(text, { file: "p.yaml" }));
    const at = `p.yaml:${place(text, marker)}: `;
    expect(said).toContain(at);
    expect(said.replace(at, "")).toContain(expected);
  });

  it("names a shape that is nowhere", () => {
    const text = "problem:\n  shape: cnn-layr\n  C: 1\n";
    expect(fault(() => readProblem(text, { file: "p.yaml" }))).toBe(
      "input p.yaml:2:10: problem.shape: unknown shape cnn-layr; write the shape here, give its file too, or use cnn-layer or gemm-ABZ",
    );
    expect(fault(() => readProblem("problem: {C: 1, Wstrid: 2}", { file: "p.yaml" }))).toContain(
      "did you mean Wstride",
    );
  });

  it("finds a shape in another file", () => {
    const shape =
      "shape:\n  name: dot\n  dimensions: [K]\n  data-spaces:\n  - {name: A, projection: [K]}\n  - {name: Z, projection: [], read-write: true}\n";
    const read = readProblem("problem: {shape: dot, K: 8}", {
      file: "p.yaml",
      shapes: [{ file: "shapes/dot.yaml", text: shape }],
    });
    expect(read).toEqual({
      name: "dot",
      dims: { K: 8 },
      tensors: [
        { name: "A", role: "input", ranks: [[["K", 1]]] },
        { name: "Z", role: "output", ranks: [] },
      ],
    });
  });
});

describe("a mapping that loopnest cannot take", () => {
  it.each([
    ["Q=12 C=2", "Q=12,5 C=2", "Q=12,5", "unsupported mapping[0].factors: Q=12,5 is an imperfect factor"],
    ["Q=12 C=2", "Q=12 D=2", "D=2", "input mapping[0].factors: unknown dimension D"],
    ["Q=12 C=2", "Q=12 Q=2", "Q=2", "input mapping[0].factors: Q is listed twice"],
    ["Q=12 C=2", "Q=12 C<=2", "target: DRAM", "input mapping[0]: C<=2 in a mapping"],
    ["Q=12 C=2", "Q=12 C=x", "C=x", "input mapping[0].factors: C=x is not a factor"],
    [
      "permutation: RSPNCKQ",
      "permutation: RSPN",
      "target: DRAM",
      "input mapping[0]: the order of Q and C and K is left open",
    ],
    ["permutation: RSPNCKQ", "permutation: RSPNCKZ", "RSPNCKZ", "input mapping[0].permutation: unknown dimension Z"],
    ["target: DRAM", "target: DRAMM", "DRAMM", "input mapping[0].target: unknown level DRAMM; did you mean DRAM"],
    [
      "target: DRAM",
      "target: 3",
      "target: ^3",
      "input mapping[0].target: there is no level 3; levels are 0 to 2, 0 being the innermost",
    ],
    [
      "keep: [Weights]\n  bypass: [Inputs, Outputs]",
      "keep: [Weights, Inputs]",
      "target: WeightRegister",
      "input mapping[3]: WeightRegister cannot keep Inputs; keep a subset of Weights",
    ],
    ["type: datatype", "type: skew", "skew", "unsupported mapping[3].type: a directive of type skew"],
    [
      "split: 1 #",
      "no_link_transfer: [Weights] #",
      "no_link",
      "unsupported mapping[2].no_link_transfer: no_link_transfer in a spatial directive",
    ],
    [
      "type: spatial\n  factors: [C=8, K=4]\n  permutation: K C\n  split: 1",
      "type: temporal\n  factors: [N=1]",
      "target: Buffer\n  type: temporal\n  factors: [",
      "input mapping[2]: a second temporal directive for Buffer",
    ],
  ])("%s -> %s", (from, to, marker, expected) => {
    expect(changed("map.yaml", from, to, marker)).toContain(expected);
  });
});

describe("what Timeloop cannot take", () => {
  it("is refused with its path", () => {
    const big = {
      ...architecture,
      levels: architecture.levels.map((level, l) => (l === 1 ? { ...level, capacityWords: 2 ** 32 } : level)),
    };
    expect(fault(() => writeArchitecture(big, problem))).toContain(
      "architecture.levels[1].capacityWords: 4294967296 is more than the 32 bits",
    );
    const named = {
      ...architecture,
      levels: architecture.levels.map((level, l) => (l === 1 ? { ...level, name: "L.2" } : level)),
    };
    expect(fault(() => writeArchitecture(named, problem))).toContain(
      'architecture.levels[1].name: Timeloop cannot read the name "L.2"',
    );
    const letters: Problem = { ...matmul({ m: 2, n: 2, k: 2 }), dims: { batch: 2 } };
    expect(fault(() => writeProblem(letters))).toContain("problem.dims.batch: dimension batch");
    const both = mapping!.map((level, l) =>
      l === 1
        ? {
            ...level,
            spatial: [
              ["K", 2, "Y"],
              ["K", 2, "X"],
            ] as const,
          }
        : level,
    );
    expect(fault(() => writeMapping(both, architecture, problem))).toContain("mapping[1].spatial: K has two loops");
    expect(fault(() => writeMapping(mapping!.slice(1), architecture, problem))).toContain(
      "the levels are Buffer, WeightRegister",
    );
    expect(
      fault(() => exportTimeloop({ architecture, problem: conv({ R: 1, S: 1, P: 1, Q: 1, C: 1, K: 1 }), mapping: [] })),
    ).toContain("mapping: the levels are");
  });
});

describe("a set of files", () => {
  it("has each part once, and no part that is unknown", () => {
    const more = (text: string) => fault(() => importTimeloop([...files, { file: "more.yaml", text }]));
    expect(more("problem: {C: 1}")).toBe("input more.yaml:1:1: problem: a second problem; give one");
    expect(more("mappings: []")).toContain(
      "input more.yaml:1:1: mappings: there is no mappings at the top of a file; did you mean mapping",
    );
    expect(more("sparse_optimizations: {targets: []}")).toContain(
      "unsupported more.yaml:1:1: sparse_optimizations: sparse optimizations",
    );
    expect(
      importTimeloop([...files, { file: "more.yaml", text: "mapper: {algorithm: random}\nglobals: {}" }]).problem,
    ).toEqual(problem);
  });

  it("needs an architecture and a problem; the mapping may be absent", () => {
    expect(fault(() => importTimeloop(files.filter(({ file }) => file !== "problem.yaml")))).toContain(
      "no file has problem: at the top",
    );
    expect(importTimeloop(files.filter(({ file }) => file !== "map.yaml")).mapping).toBeNull();
    expect(readMapping(fixtureText("weight-stationary-v03", "map.yaml"), architecture, problem, { file: "m" })).toEqual(
      mapping,
    );
  });
});
