import { conv, gemmini, matmul } from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import { type Counted, countsOf, levels } from "../../test/counts-of-mapping.js";
import { COUNTS } from "./counts.js";

/** A tile of one dimension: where it begins and how much it holds. */
const tilesOf = (bound: number, tile: number) =>
  Array.from({ length: Math.ceil(bound / tile) }, (_, i) => Math.min(tile, bound - i * tile));
const over = (total: number, step: number) => Math.ceil(total / step);

/**
 * Walks every tile of Gemmini's convolution driver and counts what its sequencer issues, command by command: the nested
 * loops of the driver's source, in words, against which the closed form is checked.
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
  // What follows from these: weights of another page of 4096 bytes, an image that is loaded once, preloads that outlast
  // what a command streams on average.
  counted.weightPages = (counted.weightRows * Math.min(dims["K"]!, 4096)) / 4096;
  counted.compulsoryInputBytes =
    dims["C"]! * ((dims["P"]! - 1) * stride + dims["R"]!) * ((dims["Q"]! - 1) * stride + dims["S"]!);
  counted.preloadRows = counted.preloads * Math.max(1, edge - counted.streamedRows / counted.computeCommands);
  return counted;
}

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
      countsOf(problem, mapping, "gemmini", edge, gemmini),
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
    expectCounts(countsOf(conv({ ...dims, stride: 2 }), mapping, "gemmini", 16, gemmini), walked);
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
    expectCounts(countsOf(conv(dims), mapping, "gemmini", 16, gemmini), walked);
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
    const got = countsOf(matmul({ m: 128, k: 128, n: 64 }), mapping, "gemmini", 4, gemmini);
    const [rows, sums, columns] = [128 / 4, 128 / 4, 64 / 4];
    expect(got.calls).toBeCloseTo((rows / 2) * (sums / 4) * (columns / 2), 6);
    expect(got.computeCommands).toBeCloseTo(rows * sums * columns, 6);
    expect(got.preloads).toBeCloseTo((rows / 2) * sums * columns, 6);
    expect(got.storeBytes).toBeCloseTo(128 * 64, 6);
  });
});
