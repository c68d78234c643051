import { conv, gemmini } from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import { fixedTarget, importTimeloop, levelSpace, type Note, readArchitecture, readConstraints } from "../src/index.js";
import { fault, fixture } from "./fixture-files.js";

const layer = conv({ R: 3, S: 3, P: 8, Q: 8, C: 16, K: 16 });

/** A Gemmini of 16 x 16, as DOSA describes it to Timeloop, and the loops its sequencer has. */
const gemminiFile = `
architecture:
  version: 0.3
  subtree:
  - name: gemmini
    local:
    - {name: DRAM, class: DRAM, attributes: {word-bits: 8, block-size: 64, shared_bandwidth: 8}}
    - {name: Scratchpad, class: SRAM, attributes: {word-bits: 8, block-size: 16, entries: 262144, shared_bandwidth: 32}}
    subtree:
    - name: column[0..15]
      local:
      - {name: Accumulator, class: SRAM, attributes: {word-bits: 32, entries: 1024, shared_bandwidth: 2}}
      subtree:
      - name: row[0..15]
        local:
        - {name: Registers, class: regfile, attributes: {word-bits: 8, entries: 1}}
        - {name: MAC, class: intmac, attributes: {datawidth: 8}}
`;
const sequencer = `
mapspace_constraints:
- {target: Registers, type: bypass, keep: [Weights], bypass: [Inputs, Outputs]}
- {target: Registers, type: temporal, factors: R=1 S=1 C=1 K=1 N=1 Q=1 P=1}
- {target: Accumulator, type: spatial, factors: R=1 S=1 P=1 Q=1 C<=16 K=1 N=1, permutation: QKC}
- {target: Accumulator, type: temporal, permutation: PQNCRSK}
- {target: Scratchpad, type: spatial, factors: R=1 S=1 P=1 Q=1 N=1 C=1 K<=16}
- {target: Scratchpad, type: temporal, factors: R=1 S=1 P=1 Q=1 C=1 K=1 N=1}
`;
const costs = { energyTable: { "*": 1 }, areaTable: { "*": 0 } };
const machine = readArchitecture(gemminiFile, layer, { file: "arch.yaml", ...costs });

function spaces(text: string, onNote: (note: Note) => void = () => {}) {
  const constraints = readConstraints(text, machine, layer, { file: "c.yaml", onNote });
  const target = fixedTarget(machine, layer, constraints, { energyTable: "dosa", onNote });
  return target.levels.map((level) => level.space);
}

/** What is said of one constraint of the mapspace. */
function told(line: string): string[] {
  const notes: Note[] = [];
  spaces(`mapspace_constraints:\n- ${line}\n`, (note) => notes.push(note));
  return notes.map(({ position: { file, line: at, column }, problem }) => `${file}:${at}:${column} ${problem}`);
}

describe("constraints", () => {
  it("of Gemmini are the mapspace of the built-in target", () => {
    expect(spaces(sequencer)).toEqual(gemmini.levels.map((level) => level.space));
  });

  it("are gathered by level, with what has to be kept and bypassed", () => {
    const levels = readConstraints(sequencer, machine, layer, { file: "c.yaml" });
    expect(levels.map(({ level, keep, bypass }) => [level, keep, bypass])).toEqual([
      ["DRAM", [], []],
      ["Scratchpad", [], []],
      ["Accumulator", [], []],
      ["Registers", ["Weights"], ["Inputs", "Outputs"]],
    ]);
    expect(levels[2]!.spatial).toMatchObject({
      maxFactors: { C: 16 },
      factors: { R: 1, K: 1 },
      order: ["Q", "K", "C"],
      split: null,
    });
    expect(levels[2]!.positions).toEqual({
      spatial: { file: "c.yaml", line: 5, column: 3 },
      temporal: { file: "c.yaml", line: 6, column: 3 },
    });
  });

  it("may be named, nested under a target, or under architecture_constraints", () => {
    const named =
      "mapspace:\n  constraints: mine\n  constraints_mine:\n  - {target: DRAM, type: temporal, factors: N=1}\n";
    const nested =
      "arch_constraints:\n  targets:\n  - target: DRAM\n    constraints: [{type: temporal, attributes: " +
      "{factors: N1}}]\n";
    for (const text of [named, nested]) {
      expect(spaces(text)[0]!.temporal).toEqual(["R", "S", "P", "Q", "C", "K"]);
    }
  });

  it("of the node style come with the architecture", () => {
    const read = importTimeloop(fixture("eyeriss-like-v04"), { unequalEnergies: "max", areaTable: { "*": 0 } });
    const space = read.constraints.map((level) => levelSpace(level, read.architecture, read.problem));
    expect(space.map(({ spatialX, spatialY }) => [spatialX, spatialY]).slice(2, 4)).toEqual([
      [["M", "Q"], []],
      [[], ["C", "M", "S"]],
    ]);
    expect(space.map(({ temporal }) => temporal)).toEqual(["all", "all", [], [], [], ["C", "R"], ["M"]]);
    expect(space[5]!.order).toEqual(["C", "R"]);
  });

  it("that a target cannot say are told, with their place", () => {
    expect(told("{target: DRAM, type: temporal, factors: C=4}")).toEqual([
      "c.yaml:2:3 DRAM, temporal: C=4 is not held: the outermost loop takes what the others leave",
    ]);
    expect(told("{target: Accumulator, type: temporal, factors: C>=2}")).toEqual([
      "c.yaml:2:3 Accumulator, temporal: C>=2 is not held: the factor is free",
    ]);
    expect(told("{target: DRAM, type: temporal, permutation: PQ}")).toEqual([
      "c.yaml:2:3 DRAM, temporal: the permutation leaves the order of R, S, C, K open: a target keeps to this one",
    ]);
    expect(told("{target: Registers, type: utilization, min: 0.5}")).toEqual([
      "c.yaml:2:29 a least utilization is not held: mappings that use fewer units are in the mapspace too",
    ]);
  });

  it("that fix or limit a factor are held by every mapping of the target", () => {
    const lines = [
      "{target: Accumulator, type: temporal, factors: C=4 Q<=2}",
      "{target: Accumulator, type: spatial, factors: C<=8}",
    ];
    const list = `mapspace_constraints:\n${lines.map((line) => `- ${line}\n`).join("")}`;
    const own = spaces(list).find(({ factors }) => factors !== undefined)!;
    expect(own.factors).toEqual([
      { dim: "Q", kind: "temporal", most: 2 },
      { dim: "C", kind: "temporal", least: 4, most: 4 },
      { dim: "C", kind: expect.any(String), most: 8 },
    ]);
    expect(lines.flatMap(told)).toEqual([]);
  });

  it("that the bound or the fan-out sets anyway are held", () => {
    expect(told("{target: DRAM, type: temporal, factors: C<=16 R=3}")).toEqual([]);
    expect(told("{target: Accumulator, type: spatial, factors: K<=16}")).toEqual([]);
  });

  it("that give a level all of a dimension leave none for the others", () => {
    const read = spaces("mapspace_constraints:\n- {target: DRAM, type: temporal, factors: P=0 Q=8}\n");
    expect(read.map(({ temporal }) => temporal)).toEqual(["all", ...Array(3).fill(["R", "S", "C", "K", "N"])]);
    expect(read[1]!.spatialX).toEqual(["R", "S", "C", "K", "N"]);
  });

  it("that contradict each other or are none are refused", () => {
    const read = (text: string) => fault(() => readConstraints(text, machine, layer, { file: "c.yaml" }));
    const list = (...lines: string[]) => read(`mapspace_constraints:\n${lines.map((line) => `- ${line}\n`).join("")}`);
    expect(list("{target: DRAM, type: temporal, factors: R=1}", "{target: DRAM, type: temporal, factors: R=3}")).toBe(
      "input c.yaml:3:3: mapspace_constraints[1]: R is held to 1 and to 3; drop one of the constraints",
    );
    expect(list("{target: DRAM, type: datatype, keep: [Inputs], bypass: [Inputs]}")).toContain(
      "DRAM has to keep Inputs and to bypass it",
    );
    expect(list("{target: Registers, type: constructor, min: 0.5}")).toBe(
      "unsupported c.yaml:2:29: mapspace_constraints[0].type: a directive of type constructor; types are " +
        "temporal, spatial and datatype",
    );
    expect(list("{target: Scratchpod, type: temporal}")).toBe(
      "input c.yaml:2:12: mapspace_constraints[0].target: unknown level Scratchpod; did you mean Scratchpad",
    );
    expect(read("mapspace:\n  constraints: mine\n")).toBe(
      "input c.yaml:2:16: mapspace.constraints: there is no constraints_mine; add it here",
    );
  });
});
