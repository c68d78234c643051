import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Architecture } from "../hardware/architecture.js";
import { matmul } from "../problem/matmul.js";
import { problemShape } from "../problem/problem-shape.js";
import type { LevelMapping, Mapping } from "./mapping.js";
import { emptyNest, flatten, unflatten } from "./nest.js";

const tensors = ["Weights", "Inputs", "Outputs"];
const names = ["DRAM", "Buffer", "Register"];

const architecture: Architecture = {
  name: "test",
  levels: names.map((name) => ({
    name,
    keeps: name === "Register" ? ["Weights", "Outputs"] : tensors,
    wordBits: 8,
    blockSize: 1,
    capacityWords: null,
    bandwidthWordsPerCycle: null,
    instances: 1,
    meshX: 1,
    energyPerVectorAccessPj: 1,
    areaPerInstanceUm2: 1,
  })),
  compute: { instances: 1, meshX: 1, energyPj: 1, areaPerInstanceUm2: 1 },
};

const shape = problemShape(matmul({ m: 8, k: 9, n: 10 }));
const empty: LevelMapping = { level: "", temporal: [], spatial: [], keeps: [] };
const mapping: Mapping = [
  {
    ...empty,
    level: "DRAM",
    temporal: [
      ["K", 2],
      ["P", 4],
      ["C", 1],
    ],
    keeps: tensors,
  },
  {
    ...empty,
    level: "Buffer",
    temporal: [["C", 9]],
    spatial: [
      ["P", 2, "Y"],
      ["K", 5, "X"],
    ],
    keeps: ["Inputs"],
  },
  { ...empty, level: "Register", keeps: ["Weights"] },
];

describe("flatten", () => {
  it("lists loops innermost first: of every level X, Y, temporal; unit loops dropped", () => {
    const nest = flatten(shape, architecture, mapping);
    const loops = [...nest.dim].map((d, i) => `${shape.dims[d]}${nest.factor[i]}`);
    expect(loops).toEqual(["K5", "P2", "C9", "P4", "K2"]);
    expect([...nest.start]).toEqual([3, 0, 0]);
    expect([...nest.startY]).toEqual([3, 1, 0]);
    expect([...nest.startTemporal]).toEqual([3, 2, 0]);
    expect([...nest.end]).toEqual([5, 3, 0]);
    expect([...nest.keeps]).toEqual([0b111, 0b010, 0b001]);
  });

  it("puts Y outside X whatever the order in which they are given", () => {
    const turned = mapping.map((level) => ({ ...level, spatial: [...level.spatial].reverse() }));
    expect(flatten(shape, architecture, turned)).toEqual(flatten(shape, architecture, mapping));
  });

  it.each<[string, Mapping, string, RegExp]>([
    ["a missing level", mapping.slice(0, 2), "mapping", /DRAM, Buffer; list .* DRAM, Buffer, Register/],
    ["levels in another order", [mapping[1]!, mapping[0]!, mapping[2]!], "mapping[0].level", /levels are Buffer, DRAM/],
    ["an unknown dimension", change(0, { temporal: [["Z", 2]] }), "mapping[0].temporal[0]", /unknown dimension Z/],
    ["a factor of 0", change(1, { spatial: [["K", 0, "X"]] }), "mapping[1].spatial[0]", /factor of K is 0/],
    ["a fraction", change(0, { temporal: [["K", 1.5]] }), "mapping[0].temporal[0]", /factor of K is 1.5/],
    [
      "a dimension twice",
      change(0, {
        temporal: [
          ["K", 2],
          ["K", 3],
        ],
      }),
      "mapping[0].temporal",
      /K has two temporal loops/,
    ],
    [
      "twice on an axis",
      change(1, {
        spatial: [
          ["K", 2, "X"],
          ["K", 3, "X"],
        ],
      }),
      "mapping[1].spatial",
      /K has two spatial X/,
    ],
    ["an unknown tensor", change(1, { keeps: ["Bias"] }), "mapping[1].keeps[0]", /unknown tensor Bias/],
    [
      "what hardware cannot keep",
      change(2, { keeps: ["Inputs"] }),
      "mapping[2].keeps[0]",
      /Register cannot keep Inputs/,
    ],
  ])("refuses %s", (_, wrong, path, message) => {
    expect(() => flatten(shape, architecture, wrong)).toThrowError(
      expect.objectContaining({
        code: "input",
        message: expect.stringMatching(message),
        data: expect.objectContaining({ path }),
      }),
    );
  });
});

describe("unflatten", () => {
  it("is the inverse of flatten, for mappings without unit loops and with Y before X", () => {
    fc.assert(
      fc.property(fc.tuple(...names.map(randomLevel)), (random) => {
        expect(unflatten(shape, names, flatten(shape, architecture, random))).toEqual(random);
      }),
    );
  });

  it("leaves out loops of 1", () => {
    const nest = emptyNest([{ x: [0], y: [1], temporal: [2, 3], keeps: 5 }]);
    nest.factor[3] = 6;
    const [level] = unflatten(shape, ["DRAM"], nest);
    expect(level).toEqual({
      level: "DRAM",
      temporal: [[shape.dims[3], 6]],
      spatial: [],
      keeps: ["Weights", "Outputs"],
    });
  });
});

/** The mapping with one level changed. */
function change(l: number, changes: Partial<LevelMapping>): Mapping {
  return mapping.map((level, index) => (index === l ? { ...level, ...changes } : level));
}

function randomLevel(level: string): fc.Arbitrary<LevelMapping> {
  const dims = fc.shuffledSubarray(["P", "C", "K"]);
  const factor = fc.integer({ min: 2, max: 5 });
  const loops = fc.tuple(dims, fc.array(factor, { minLength: 3, maxLength: 3 }));
  const keepable = tensors.filter((tensor) => level !== "Register" || tensor !== "Inputs");
  return fc
    .record({ temporal: loops, y: loops, x: loops, keeps: fc.subarray(keepable) })
    .map(({ temporal, y, x, keeps }) => ({
      level,
      temporal: temporal[0].map((dim, i) => [dim, temporal[1][i]!] as const),
      spatial: [
        ...y[0].map((dim, i) => [dim, y[1][i]!, "Y"] as const),
        ...x[0].map((dim, i) => [dim, x[1][i]!, "X"] as const),
      ],
      keeps,
    }));
}
