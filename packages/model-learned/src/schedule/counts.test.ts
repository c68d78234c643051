import {
  conv,
  emptyMachine,
  gemmini,
  type Mapping,
  mapspace,
  matmul,
  type Problem,
  pointFromMapping,
  systolic,
} from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { describe, expect, it } from "vitest";
import { executableMapping } from "../samples/executable-mapping.js";
import { COUNTS, scheduleCounts } from "./counts.js";
import { dimensionRoles } from "./roles.js";
import { arrayEdges, readVariables, VARIABLES } from "./tiles.js";

type Counted = Record<(typeof COUNTS)[number], number>;

/** A tile of one dimension: where it begins and how much it holds. */
const tilesOf = (bound: number, tile: number) =>
  Array.from({ length: Math.ceil(bound / tile) }, (_, i) => Math.min(tile, bound - i * tile));
const over = (total: number, step: number) => Math.ceil(total / step);

/**
 * Walks every tile of Gemmini's convolution driver and counts what its sequencer issues, command by command: the nested loops of
 * the driver's source, in words, against which the closed form is checked.
 */
function walkGemminiConv(
  dims: Record<string, number>,
  stride: number,
  tile: Record<string, number>,
  edge: number,
): Counted {
  const counted = Object.fromEntries(COUNTS.map((name) => [name, 0])) as Counted;
  const positions = Math.floor((dims["P"]! * stride + 2 * Math.floor(dims["R"]! / 2) - dims["R"]!) / stride) + 1;
  const bounds: Record<string, number> = { ...dims, P: positions, Q: positions, S: dims["R"]! };
  const axis = (d: string) => tilesOf(bounds[d]!, tile[d] ?? 1);
  for (const p of axis("P"))
    for (const q of axis("Q"))
      for (const k of axis("K")) {
        for (const c of axis("C"))
          for (const r of axis("R"))
            for (const s of axis("S")) {
              const packed = c < edge ? Math.min(tile["R"]!, Math.max(1, Math.floor(edge / tile["C"]!))) : 1;
              counted.calls++;
              const [height, width] = [q * stride + s - 1, p * stride + r - 1];
              const inputChunks = over(c, Math.max(64, edge));
              counted.inputRows += height * width * inputChunks * packed;
              counted.inputBytes += height * width * c;
              counted.inputCommands += height * over(width, edge) * inputChunks;
              const weightChunks = over(k, Math.max(64, edge));
              counted.weightRows += weightChunks * c * r * s;
              counted.weightBytes += k * c * r * s;
              counted.weightCommands += weightChunks * over(c, edge) * r * s;
              const passes = over(k, edge) * over(c, edge) * s * over(r, packed);
              counted.preloads += passes;
              counted.computeCommands += passes * q * over(p, edge);
              counted.streamedRows += passes * q * p;
            }
        counted.storeCommands += q * over(p, edge) * over(k, edge);
        counted.storeRows += q * p * over(k, edge);
        counted.storeBytes += q * p * k;
      }
  return counted;
}

function closedForm(problem: Problem, mapping: Mapping, driver: "plain" | "gemmini", peDim: number, target = gemmini) {
  const space = mapspace(target, problem);
  const { nest } = pointFromMapping(space, executableMapping(space, mapping));
  const roles = dimensionRoles(problem, space.shape);
  const machine = emptyMachine(target.levels.length);
  analyticalModel(target).machine(Float64Array.of(peDim, 256, 64), "exact", machine);
  const variables = new Float64Array(VARIABLES);
  readVariables(nest, machine, roles, arrayEdges(target, roles), variables);
  const counts = scheduleCounts(problem, space.shape, roles, driver);
  counts.write(nest, variables, true);
  return Object.fromEntries(COUNTS.map((name, c) => [name, Math.exp(counts.log[c]!)])) as Counted;
}

const levels = (dram: [string, number][], k: number, accumulator: [string, number][], c: number): Mapping => [
  { level: "DRAM", temporal: dram, spatial: [], keeps: ["Weights", "Inputs", "Outputs"] },
  { level: "Scratchpad", temporal: [], spatial: [["K", k, "X"]], keeps: ["Weights", "Inputs"] },
  { level: "Accumulator", temporal: accumulator, spatial: [["C", c, "X"]], keeps: ["Outputs"] },
  { level: "Registers", temporal: [], spatial: [], keeps: ["Weights"] },
];

function expectCounts(got: Counted, wanted: Counted) {
  for (const name of COUNTS) expect(got[name] / wanted[name], name).toBeCloseTo(1, 9);
}

describe("commands of Gemmini's convolution driver", () => {
  it.each([
    { dims: { R: 3, S: 3, P: 28, Q: 28, C: 64, K: 96, N: 1 }, stride: 1, edge: 16 },
    { dims: { R: 3, S: 3, P: 28, Q: 28, C: 64, K: 96, N: 1 }, stride: 2, edge: 8 },
    { dims: { R: 2, S: 2, P: 28, Q: 28, C: 64, K: 96, N: 1 }, stride: 1, edge: 16 },
    { dims: { R: 1, S: 1, P: 28, Q: 28, C: 192, K: 160, N: 1 }, stride: 1, edge: 32 },
  ])("walks the same as the driver: $dims.R x $dims.S, stride $stride, array $edge", ({ dims, stride, edge }) => {
    const problem = conv({ ...dims, stride });
    const tile = { P: 14, Q: 7, C: 32, K: 48, R: dims.R, S: 1 };
    const inner: [string, number][] = [
      ["K", 3],
      ["R", dims.R],
      ["C", 4],
      ["Q", 7],
      ["P", 14],
    ];
    const outer: [string, number][] = [
      ["S", dims.S],
      ["Q", 4],
      ["P", 2],
      ["C", dims.C / 32],
      ["K", Math.ceil(dims.K / 48)],
    ];
    // 160 / 48 is not whole: that case has its own tile of K.
    const tileK = dims.K % 48 === 0 ? 48 : 40;
    outer[4] = ["K", dims.K / tileK];
    inner[0] = ["K", tileK / 8];
    const keep = (list: [string, number][]) => list.filter(([, n]) => n > 1);
    const mapping = levels(keep(outer), 8, keep([["K", tileK / 8], ...inner.slice(1)]), 8);
    expectCounts(
      closedForm(problem, mapping, "gemmini", edge),
      walkGemminiConv(dims, stride, { ...tile, K: tileK }, edge),
    );
  });

  it("packs kernel columns where channels leave rows free", () => {
    const dims = { R: 7, S: 7, P: 56, Q: 56, C: 3, K: 64, N: 1 };
    const mapping = levels(
      [
        ["Q", 28],
        ["P", 4],
      ],
      16,
      [
        ["K", 4],
        ["S", 7],
        ["R", 7],
        ["Q", 2],
        ["P", 14],
      ],
      3,
    );
    const walked = walkGemminiConv(dims, 2, { P: 14, Q: 2, C: 3, K: 64, R: 7, S: 7 }, 16);
    expectCounts(closedForm(conv({ ...dims, stride: 2 }), mapping, "gemmini", 16), walked);
  });

  it("runs an image that is not square as a square one", () => {
    const dims = { R: 3, S: 3, P: 40, Q: 8, C: 16, K: 16, N: 1 };
    const mapping = levels(
      [
        ["Q", 2],
        ["P", 4],
      ],
      16,
      [
        ["S", 3],
        ["R", 3],
        ["Q", 4],
        ["P", 10],
      ],
      16,
    );
    const walked = walkGemminiConv(dims, 1, { P: 10, Q: 4, C: 16, K: 16, R: 3, S: 3 }, 16);
    expectCounts(closedForm(conv(dims), mapping, "gemmini", 16), walked);
  });
});

describe("commands of Gemmini's matrix product driver", () => {
  it("takes tiles of tile / 16 blocks, whatever the array's edge", () => {
    // Tiles of 32 x 64 x 32: 2, 4 and 2 blocks of 4 each.
    const mapping = levels(
      [
        ["P", 4],
        ["C", 2],
        ["K", 2],
      ],
      4,
      [
        ["K", 8],
        ["C", 16],
        ["P", 32],
      ],
      4,
    );
    const got = closedForm(matmul({ m: 128, k: 128, n: 64 }), mapping, "gemmini", 4);
    const [rows, sums, columns] = [128 / 4, 128 / 4, 64 / 4];
    expect(got.calls).toBeCloseTo((rows / 2) * (sums / 4) * (columns / 2), 6);
    expect(got.computeCommands).toBeCloseTo(rows * sums * columns, 6);
    expect(got.preloads).toBeCloseTo((rows / 2) * sums * columns, 6);
    expect(got.storeBytes).toBeCloseTo(128 * 64, 6);
  });
});

describe("commands of a plain driver", () => {
  /** Walks the DRAM loops and loads a tile when its indices changed since the call before. */
  function walkPlain(outer: [string, number][], moves: Record<string, string>) {
    const visits = { Weights: 0, Inputs: 0, Outputs: 0 } as Record<string, number>;
    const index: Record<string, number> = {};
    const last: Record<string, string> = {};
    const step = (depth: number) => {
      if (depth === outer.length) {
        for (const [tensor, dims] of Object.entries(moves)) {
          const now = [...dims].map((d) => index[d] ?? 0).join();
          if (now !== last[tensor]) visits[tensor]!++;
          last[tensor] = now;
        }
        return;
      }
      for (let i = 0; i < outer[depth]![1]; i++) {
        index[outer[depth]![0]] = i;
        step(depth + 1);
      }
    };
    step(0);
    return visits;
  }

  it.each([
    [
      [
        ["K", 2],
        ["P", 4],
        ["C", 3],
      ],
    ],
    [
      [
        ["C", 3],
        ["K", 2],
        ["P", 4],
      ],
    ],
    [
      [
        ["P", 4],
        ["C", 3],
        ["Q", 2],
        ["K", 2],
      ],
    ],
    [
      [
        ["Q", 2],
        ["K", 2],
        ["C", 3],
        ["P", 4],
      ],
    ],
  ] as [[string, number][]][])("loads a tile when it changes: %j", (outer) => {
    const dims = { R: 1, S: 1, P: 32, Q: 8, C: 48, K: 32 };
    const tile = (d: string) => dims[d as keyof typeof dims] / (outer.find(([name]) => name === d)?.[1] ?? 1);
    const inner = (["K", "C", "Q", "P"] as const).map(
      (d) => [d, tile(d) / (d === "K" || d === "C" ? 4 : 1)] as [string, number],
    );
    const mapping = levels(
      outer,
      4,
      inner.filter(([, n]) => n > 1),
      4,
    );
    const got = closedForm(conv(dims), mapping, "plain", 16, systolic);
    const visits = walkPlain(outer, { Weights: "CK", Inputs: "CPQ", Outputs: "KPQ" });
    expect(got.weightBytes).toBeCloseTo(visits["Weights"]! * tile("K") * tile("C"), 6);
    expect(got.inputBytes).toBeCloseTo(visits["Inputs"]! * tile("P") * tile("Q") * tile("C"), 6);
    expect(got.storeBytes).toBeCloseTo(visits["Outputs"]! * tile("P") * tile("Q") * tile("K"), 6);
  });
});
