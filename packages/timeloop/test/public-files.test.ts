import { describe, expect, it } from "vitest";
import { fixedTarget, importTimeloop, type Note } from "../src/index.js";

/** Small files of the kinds that people publish, as lines of one part each. */
const tree = (buffer: string) => `
architecture:
  version: 0.3
  subtree:
  - name: chip
    local:
    - {name: DRAM, class: DRAM, attributes: {width: 64, block-size: 8, word-bits: 8, vector-access-energy: 100}}
    - {name: Buf, class: SRAM, attributes: {depth: 256, vector-access-energy: 1, cluster-area: 10, ${buffer}}}
    - {name: MAC, class: intmac, attributes: {datawidth: 8, energy: 0.1, area: 10}}
`;
const shape = (parts: {
  name?: string;
  coefficients?: string;
  inputs?: string;
  outputs?: string;
  instance?: string;
}) => `
problem:
  shape:
    name: ${parts.name ?? "layer"}
    ${parts.coefficients === undefined ? "" : `coefficients: ${parts.coefficients}`}
    dimensions: [K, C, X]
    data-spaces:
    - {name: W, projection: [[[K]], [[C]]]}
    - {name: I, projection: ${parts.inputs ?? "[[[C]], [[X]]]"}}
    - {name: O, projection: ${parts.outputs ?? "[[[K]], [[X]]]"}, read-write: true}
  instance: {${parts.instance ?? ""} K: 4, C: 4, X: 8}
`;
const plain = { arch: tree("width: 8, word-bits: 8"), prob: shape({}) };

/** What is read, and what is said of it. */
function read(texts: Record<string, string>) {
  const files = Object.entries({ ...plain, ...texts }).map(([name, text]) => ({ file: `${name}.yaml`, text }));
  const imported = importTimeloop(files);
  return { ...imported, said: imported.notes.map(said) };
}

function said({ problem, position: { file, line } }: Note): string {
  return `${file}:${line} ${problem}`;
}

describe("architectures", () => {
  const buffer = (attributes: string) => {
    const { architecture, said } = read({ arch: tree(attributes) });
    return [architecture.levels[1], said] as const;
  };

  it("without word-bits have words of 16 bits, as Timeloop assumes", () => {
    const [level, notes] = buffer("width: 32");
    expect(level).toMatchObject({ wordBits: 16, blockSize: 2, capacityWords: 512 });
    expect(notes).toEqual(["arch.yaml:8 Buf has no word-bits: 16, as Timeloop assumes"]);
  });

  it("whose meshes do not nest are refused", () => {
    const arch = tree("width: 8, word-bits: 8, instances: 4, meshX: 2").replace(
      "datawidth: 8",
      "instances: 8, meshX: 8",
    );
    expect(() => read({ arch })).toThrow("8 x 1 instances of MAC are no whole multiple of the 2 x 2 of Buf");
  });

  it("with one port have no limit on the other", () => {
    const [level, notes] = buffer("width: 8, word-bits: 8, read_bandwidth: 2");
    expect(level!.bandwidthWordsPerCycle).toEqual({ read: 2 });
    expect(notes).toEqual([]);
  });

  it("with clusters and networks are read, and what is not counted is named", () => {
    const [level, notes] = buffer("width: 32, word-bits: 8, cluster-size: 4, energy-per-hop: 2, banking: 3");
    expect(level).toMatchObject({ blockSize: 1, capacityWords: 256, clusterSize: 4, network: { hopEnergyPj: 2 } });
    expect(notes).toEqual(["arch.yaml:8 banking is no attribute that counts here and is not read"]);
  });

  it("with dummy storage have a level that keeps and costs nothing", () => {
    const line =
      '    - {name: "Fan[1..1]", class: dummy_storage, attributes: {width: 1, technology: -1}}\n    - {name: MAC';
    const { levels } = read({ arch: plain.arch.replace("    - {name: MAC", line) }).architecture;
    expect(levels[2]).toMatchObject({ name: "Fan", keeps: [], energyPerVectorAccessPj: 0, areaPerInstanceUm2: 0 });
  });

  it("may describe a sparse machine, which counts as a dense one while no sparse optimization is asked for", () => {
    const [level, notes] = buffer("width: 8, word-bits: 8, metadata_storage_depth: 8, decompression_supported: true");
    expect(level).toEqual(read({}).architecture.levels[1]);
    const why = "is for compressed tensors and not read: every tensor is dense";
    expect(notes).toEqual([`arch.yaml:8 metadata_storage_depth ${why}`, `arch.yaml:8 decompression_supported ${why}`]);
    const asked = { sparse: "sparse_optimizations: {targets: []}" };
    expect(() => read(asked)).toThrow("sparse optimizations; leave them out");
  });

  it("lose components of other classes, as in Timeloop, which says nothing", () => {
    const arch = plain.arch.replace("    - {name: MAC", "    - {name: Adders, class: intadder}\n    - {name: MAC");
    const { architecture, said } = read({ arch });
    expect(architecture).toEqual(read({}).architecture);
    expect(said).toEqual([
      "arch.yaml:9 Adders is of class intadder, which Timeloop leaves out: nothing of it is counted",
    ]);
    expect(() => read({ arch: plain.arch.replace("intmac", "intadder") })).toThrow("has no compute units");
  });

  it("may have levels of any size that keep nothing", () => {
    const arch = tree("word-bits: 8").replace("depth: 256", "entries: 0");
    const { architecture, problem, constraints } = read({
      arch,
      rules: "architecture_constraints: {targets: [{target: Buf, type: bypass, bypass: [W, I, O]}]}",
    });
    expect(architecture.levels[1]).toMatchObject({ capacityWords: 0, keeps: [] });
    const target = fixedTarget(architecture, problem, constraints, { energyTable: "dosa" });
    expect(target.levels[1]).toMatchObject({ keeps: [], rowsPerInstance: 1 });
    const all = read({ arch });
    expect(() => fixedTarget(all.architecture, problem, all.constraints, { energyTable: "dosa" })).toThrow(
      "Buf holds 0 words",
    );
  });

  const costs = "vector-access-energy: 1, cluster-area: 1";
  const nodes = (buffer: string, fan = "{meshX: 4}") => `
architecture:
  nodes:
  - !Container {name: chip, attributes: {datawidth: 8}, constraints: {temporal: {factors: [K=1]}}}
  - !Element {name: DRAM, class: DRAM, attributes: {width: 64, vector-access-energy: 100}}
  - !Container {name: PE, spatial: ${fan}}
  - !Component {name: Buf, class: SRAM, attributes: {${buffer}, ${costs}}, constraints: {spatial: {split: 1}}}
  - !Component {name: MAC, class: intmac, attributes: {energy: 0.1, area: 10}}
`;

  it("of nodes may work sizes out from attributes and variables, as Timeloop's front end does", () => {
    const arch = nodes("size: KB * 8192, width: 4 * datawidth, depth: size // width", "{meshX: 2 ** COLS}");
    const { architecture } = read({ arch, names: "variables: {KB: 16, COLS: 3}" });
    expect(architecture.levels.map(({ name }) => name)).toEqual(["DRAM", "inter_PE_spatial", "Buf"]);
    expect(architecture.levels[2]).toMatchObject({ wordBits: 8, blockSize: 4, capacityWords: 16384, instances: 8 });
    const unknown = () => read({ arch });
    expect(unknown).toThrow('spatial.meshX: is "2 ** COLS"; write a number');
    expect(() => read({ arch: nodes("width: 8, depth: depth * 2") })).toThrow('is "depth * 2"');
    expect(() => read({ arch: nodes("width: 8, depth: a, a: b, b: a") })).toThrow('is "a"');
  });

  it("of nodes may have constraints where no such loops are, which the front end drops", () => {
    const { said } = read({ arch: nodes("width: 8, depth: 64") });
    const why = "constraints on a node that has no such loops are not read";
    expect(said).toEqual([`arch.yaml:4 temporal ${why}`, `arch.yaml:7 spatial ${why}`]);
  });

  it("with levels side by side may say elsewhere what each keeps", () => {
    const component = (name: string) =>
      `!Component {name: ${name}, class: SRAM, attributes: {width: 8, datawidth: 8, depth: 64, ` +
      "vector-access-energy: 1, cluster-area: 1}}";
    const arch = `
architecture:
  version: 0.4
  nodes:
  - !Container {name: chip}
  - !Component {name: DRAM, class: DRAM, attributes: {width: 64, datawidth: 8, vector-access-energy: 100}}
  - !Parallel {nodes: [${component("A")}, ${component("B")}]}
  - !Component {name: MAC, class: intmac, attributes: {energy: 0.1, area: 10}}
`;
    const rule = (target: string, bypass: string) => `{target: ${target}, type: dataspace, bypass: [${bypass}]}`;
    const constraints = `constraints: {targets: [${rule("A", "O")}, ${rule("B", "W, I")}]}`;
    expect(read({ arch, constraints }).architecture.levels.map(({ keeps }) => keeps.join(""))).toEqual([
      "WIO",
      "WI",
      "O",
    ]);
    expect(() => read({ arch })).toThrow("2 branches keep W; let one branch keep it, and the others bypass it");
  });
});

describe("problems", () => {
  it("may have a name that is empty, coefficients of 0, ranks of nothing, and keys of forks, which are named", () => {
    const prob = shape({
      name: '""',
      coefficients: "[{name: S, default: 0}]",
      inputs: "[[[C]], [[X, S]]]",
      outputs: "[[]]",
      instance: "densities: {W: 0.5}, commonBitwidth: 4, ",
    });
    const { problem, said } = read({ prob });
    expect([problem.name, ...problem.tensors.map(({ ranks }) => ranks)]).toEqual([
      "problem",
      [[["K", 1]], [["C", 1]]],
      [[["C", 1]]],
      [],
    ]);
    expect(said).toEqual([
      "prob.yaml:11 densities is not read: every tensor is dense",
      "prob.yaml:11 commonBitwidth is no dimension or coefficient of the problem and is not read",
    ]);
  });

  it("may include a base, which is merged deeply; places stay those of each file", () => {
    const base = `base: &base\n${shape({ instance: "N: 1, " }).split("problem:\n")[1]}`;
    const prob = "{{include_text('../base.yaml')}}\nproblem:\n  <<<: *base\n  instance: {K: 32}\n";
    const { problem, said } = read({ prob, base });
    expect(problem.dims).toEqual({ K: 32, C: 4, X: 8 });
    expect(said).toEqual(["base.yaml:10 N is no dimension or coefficient of the problem and is not read"]);
    const typo = prob.replace("K: 32", "K: x");
    expect(() => read({ prob: typo, base })).toThrow(
      expect.objectContaining({
        data: expect.objectContaining({ position: { file: "prob.yaml", line: 4, column: 17 } }),
      }),
    );
  });

  it.each([
    ["{{include_text('x.yaml')}}\n", "prob.yaml:1:1 the included file x.yaml is not given; add x.yaml to the files"],
    ["a: 1\nb: {{ glb_depth }}\n", "prob.yaml:2:4 glb_depth of a template"],
    ["{% for i in x %}\n", "prob.yaml:1:1 for of a template"],
    ["problem:\n{\n  K = 4;\n}\n", "prob.yaml:1:1 this is libconfig, the format that Timeloop had before YAML"],
  ])("%j is refused by name", (prob, expected) => {
    try {
      read({ prob });
    } catch (error) {
      const { position, problem, fix } = (
        error as { data: { position: Note["position"]; problem: string; fix: string } }
      ).data;
      expect(`${position.file}:${position.line}:${position.column} ${problem}; ${fix}`).toContain(expected);
      return;
    }
    expect.unreachable();
  });
});

describe("mappings", () => {
  it("may be empty, which is none", () => {
    expect(read({ map: "mapping: []" }).mapping).toBeNull();
  });

  it("without a permutation have the order of the problem, the first dimension innermost", () => {
    const map =
      "mapping:\n- {target: DRAM, type: temporal, factors: K=2 X=2}\n- {target: Buf, type: temporal, factors: " +
      "K=2 C=4 X=4}\n";
    const { mapping, said } = read({ map });
    expect(mapping!.map(({ temporal }) => temporal.map(([dim]) => dim).join(""))).toEqual(["XK", "XCK"]);
    expect(said[0]).toBe("map.yaml:2 DRAM: the permutation leaves out K, X: outermost, in the order of the problem");
  });
});

describe("costs", () => {
  const entry = (name: string, costs: string) => `  - {name: chip.${name}, ${costs}}\n`;
  const actions = (list: Record<string, number>) =>
    `actions: [${Object.entries(list)
      .map(([name, energy]) => `{name: ${name}, arguments: null, energy: ${energy}}`)
      .join(", ")}]`;

  it("as Accelergy writes them: reads, writes and leakage are charged apart, reports and classes are skipped", () => {
    const memory = { read: 2, write: 1, update: 1, leak: 0.1 };
    const ert = [
      "ERT:\n  version: 0.4\n  tables:\n",
      entry("DRAM", actions({ read: 9, write: 9, update: 9 })),
      entry("Buf", actions(memory)),
      entry("MAC", actions({ compute: 3 })),
      `  - {component_class: intmac, ${actions({ compute: 5 })}}\n`,
    ].join("");
    const { architecture, said } = read({ ert, sum: "ART_summary: {version: 0.4, table_summary: []}" });
    expect(architecture.levels[0]!.energyPerVectorAccessPj).toBe(9);
    expect(architecture.levels[1]).toMatchObject({
      ...{ readEnergyPj: 2, fillEnergyPj: 1, updateEnergyPj: 1, leakPjPerCycle: 0.1 },
    });
    const files = Object.entries({ ...plain, ert }).map(([name, text]) => ({ file: `${name}.yaml`, text }));
    const alike = importTimeloop(files, { unequalEnergies: "max" }).architecture.levels[1]!;
    expect(alike.energyPerVectorAccessPj).toBe(2);
    expect(architecture.compute.energyPj).toBe(3);
    expect(said).toEqual([
      "sum.yaml:1 ART_summary is a report and is skipped",
      "ert.yaml:7 the costs of the class intmac belong to no component and are not read",
    ]);
  });
});

it("a limit by default on temporal factors is one on every dimension that has none", () => {
  const { architecture, problem, constraints } = read({
    limits: "mapspace_constraints: [{target: Buf, type: temporal, factors: K=1, default_max: 2}]",
  });
  expect(constraints[1]!.temporal).toMatchObject({ factors: { K: 1 }, maxFactors: { C: 2, X: 2 } });
  const notes: Note[] = [];
  const target = fixedTarget(architecture, problem, constraints, {
    energyTable: "dosa",
    onNote: (note) => notes.push(note),
  });
  expect(target.levels[1]!.space).toMatchObject({
    temporal: ["C", "X"],
    factors: [
      { dim: "C", kind: "temporal", most: 2 },
      { dim: "X", kind: "temporal", most: 2 },
    ],
  });
  expect(notes.map(said)).toEqual([]);
});
