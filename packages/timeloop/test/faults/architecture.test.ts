import { describe, expect, it } from "vitest";
import { importTimeloop, readArchitecture, readProblem } from "../../src/index.js";
import { fault, fixture, fixtureText } from "../fixture-files.js";
import { changed } from "./changed-fixture.js";

const { problem } = importTimeloop(fixture("weight-stationary-v03"));
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
    ["entries: 1,", "entries: 2 * 3,", "2 * 3", `input ${register}.attributes.entries: is "2 * 3"; write a number`],
    [
      "memory_width: 64",
      "memory_width: 96",
      "memory_width: ^96",
      `input ${buffer}.attributes.memory_width: 96 bits hold no whole rows`,
    ],
    [
      "n_banks: 4",
      "allow_overbooking: true",
      "allow_overbooking",
      `unsupported ${buffer}.attributes.allow_overbooking: allow_overbooking has no counterpart`,
    ],
    ["entries: 1,", "entries: 1, cluster-area: -3,", "-3", `input ${register}.attributes.cluster-area: is -3`],
    ["meshX: 4}", "meshX: 5}", "meshX: ^5", `input ${register}.attributes.meshX: 32 instances do not fill 5 columns`],
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
      "input arch.yaml:7:7: architecture.subtree[0].local[0]: there is no energy for DRAM; give an ERT, the " +
        'attribute vector-access-energy, or energyTable: { "DRAM": pJ } ("*" is for all others)',
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

  it("with reads and writes of different cost may be given one", () => {
    const node = fixture("eyeriss-like-v04");
    const table = { GlobalBuffer: 16, InputSpad: 0.2, WeightSpad: 2 };
    const read = importTimeloop(node, { areaTable: { "*": 0 }, energyTable: table });
    expect(read.architecture.levels.map((level) => level.energyPerVectorAccessPj)).toEqual([
      512, 16, 0, 0, 0.2, 2, 0.3,
    ]);
  });

  it("may leave out what is named", () => {
    const arch = fixtureText("output-stationary-flat", "arch.yaml").replace(
      "sizeKB: 32",
      "sizeKB: 32\n    allow-overbooking: true",
    );
    const gemm = readProblem(fixtureText("output-stationary-flat", "gemm.yaml"), { file: "gemm.yaml" });
    expect(fault(() => readArchitecture(arch, gemm, { file: "a.yaml" }))).toContain(
      'import with ignore: ["allow-overbooking"]',
    );
    expect(readArchitecture(arch, gemm, { file: "a.yaml", ignore: ["allow-overbooking"] }).levels.length).toBe(3);
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
    expect(node("class: intmac", "class: crossbar")).toMatch(
      /architecture.nodes\[\d\].class: \w+ is of class crossbar; leave it out, or import with ignore: \["\w+"\]/,
    );
    expect(node("dataspace: {keep: [Inputs]}", "dataspace: {keep: [Inputs, Weights]}")).toContain(
      "2 branches keep Weights; let one branch keep it",
    );
  });
});
