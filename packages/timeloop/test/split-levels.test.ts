import { type Architecture, conv, type Mapping } from "@loopnest/mapspace";
import { evaluate } from "@loopnest/model-analytical";
import { describe, expect, it } from "vitest";
import { exportTimeloop, importTimeloop } from "../src/index.js";

const layer = conv({ R: 3, S: 3, P: 8, Q: 8, C: 8, K: 16 });
const every = layer.tensors.map((tensor) => tensor.name);
const level = { keeps: every, wordBits: 8, blockSize: 4, areaPerInstanceUm2: 2, meshX: 1, instances: 1 };
const machine: Architecture = {
  name: "mesh",
  levels: [
    { ...level, name: "DRAM", capacityWords: null, bandwidthWordsPerCycle: null, energyPerVectorAccessPj: 200 },
    {
      ...level,
      name: "Buffer",
      capacityWords: 65536,
      bandwidthWordsPerCycle: { shared: 8 },
      energyPerVectorAccessPj: 6,
    },
    {
      ...level,
      name: "Register",
      blockSize: 1,
      capacityWords: 512,
      bandwidthWordsPerCycle: null,
      energyPerVectorAccessPj: 0.1,
      instances: 64,
      meshX: 8,
    },
  ],
  compute: { instances: 64, meshX: 8, energyPj: 0.25, areaPerInstanceUm2: 300 },
};

/** The same case after a way through Timeloop's files. */
function throughFiles(mapping: Mapping) {
  const files = exportTimeloop({ architecture: machine, problem: layer, mapping });
  return importTimeloop(Object.entries(files).map(([file, text]) => ({ file, text })));
}

const dram = { level: "DRAM", temporal: [], spatial: [], keeps: every };
const cases: [what: string, mapping: Mapping][] = [
  [
    "a dimension on both axes",
    [
      dram,
      {
        level: "Buffer",
        temporal: [
          ["C", 8],
          ["Q", 8],
          ["P", 2],
        ],
        spatial: [
          ["K", 4, "Y"],
          ["C", 1, "Y"],
          ["K", 4, "X"],
          ["P", 2, "X"],
        ],
        keeps: every,
      },
      {
        level: "Register",
        temporal: [
          ["R", 3],
          ["S", 3],
          ["P", 2],
        ],
        spatial: [],
        keeps: every,
      },
    ],
  ],
  [
    "two dimensions on both axes",
    [
      dram,
      {
        level: "Buffer",
        temporal: [
          ["Q", 8],
          ["P", 8],
          ["C", 2],
        ],
        spatial: [
          ["K", 4, "Y"],
          ["C", 2, "Y"],
          ["C", 2, "X"],
          ["K", 4, "X"],
        ],
        keeps: ["Inputs", "Weights"],
      },
      {
        level: "Register",
        temporal: [
          ["R", 3],
          ["S", 3],
        ],
        spatial: [],
        keeps: ["Weights"],
      },
    ],
  ],
  [
    "a window on both axes",
    [
      dram,
      {
        level: "Buffer",
        temporal: [
          ["C", 8],
          ["Q", 8],
          ["K", 16],
        ],
        spatial: [
          ["P", 2, "Y"],
          ["P", 4, "X"],
        ],
        keeps: every,
      },
      {
        level: "Register",
        temporal: [
          ["R", 3],
          ["S", 3],
        ],
        spatial: [],
        keeps: every,
      },
    ],
  ],
];

describe("loops that Timeloop cannot write at one level", () => {
  it.each(cases)("%s: levels without memory hold them, counted alike", (_, mapping) => {
    const read = throughFiles(mapping);
    expect(read.architecture.levels.length).toBeGreaterThan(machine.levels.length);
    const before = evaluate(layer, machine, mapping);
    const after = evaluate(read.problem, read.architecture, read.mapping!);
    expect([after.cycles, after.energyPj]).toEqual([before.cycles, expect.closeTo(before.energyPj, 6)]);
    for (const [name, { tensors }] of Object.entries(before.levels)) {
      for (const [tensor, { reads, updates, fills, utilizedCapacity }] of Object.entries(tensors)) {
        expect([name, tensor, after.levels[name]!.tensors[tensor]]).toMatchObject([
          name,
          tensor,
          { reads, updates, fills, utilizedCapacity },
        ]);
      }
    }
  });
});
