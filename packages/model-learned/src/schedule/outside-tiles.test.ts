import { describe, expect, it } from "vitest";
import { pairsOutside } from "./outside-tiles.js";

/** Counts pairs of tiles none of whose input positions lies in the image, position by position. */
function countByPositions(
  positions: number,
  tile: number,
  kernel: number,
  kernelTile: number,
  stride: number,
  image: number,
) {
  const border = Math.floor(kernel / 2);
  let count = 0;
  for (let p = 0; p < positions; p += tile) {
    for (let k = 0; k < kernel; k += kernelTile) {
      // The driver reads whole strides, and one position short of the last kernel position's step.
      const from = p * stride + k - border;
      const width = Math.min(tile, positions - p) * stride + Math.min(kernelTile, kernel - k) - 1;
      const low = Math.max(0, -from);
      const high = Math.max(0, from + width - image);
      if (width - low - high < 0) count++;
    }
  }
  return count;
}

describe("pairs of tiles outside the image", () => {
  it("counts as a walk over all positions does", () => {
    let found = 0;
    for (const [kernel, stride] of [
      [1, 1],
      [2, 1],
      [3, 1],
      [4, 1],
      [5, 2],
      [6, 2],
      [7, 2],
      [11, 4],
    ] as const) {
      for (const image of [12, 28]) {
        const positions = Math.floor((image + 2 * Math.floor(kernel / 2) - kernel) / stride) + 1;
        for (const tile of [1, 2, 3, 5, 7, positions]) {
          for (const kernelTile of [1, 2, kernel]) {
            const wanted = countByPositions(positions, tile, kernel, kernelTile, stride, image);
            expect(pairsOutside(positions, tile, kernel, kernelTile, stride, image)).toBe(wanted);
            found += wanted;
          }
        }
      }
    }
    expect(found).toBeGreaterThan(20);
  });

  it("finds none where the kernel is not tiled and tiles are as long as the border", () => {
    expect(pairsOutside(28, 7, 3, 3, 1, 28)).toBe(0);
  });
});
