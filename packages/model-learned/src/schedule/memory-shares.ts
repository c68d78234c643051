import { C, type DimensionRoles, G, K, N, P, Q, R, S } from "./roles.js";

/** Bytes of a page of virtual memory (RISC-V, Sv39). */
const PAGE_BYTES = 4096;

/**
 * Steps to another page per row of weights. Weights lie [R][S][C][K], a byte each, so that the next row of a tile
 * begins as many bytes later as the layer has output channels, whatever the tile's own width: the rows of a wide layer
 * lie in pages of their own, and each waits for the translation of its address (Gemmini's DMA translates: Genc et al.,
 * Gemmini, DAC 2021, section 3.3).
 */
export function pageShare({ bounds }: DimensionRoles): number {
  return Math.min(1, bounds[K]! / PAGE_BYTES);
}

/** Bytes of a layer's inputs, each once: under a cache they are what comes from beyond it whatever the tiles. */
export function compulsoryInputBytes({ bounds, stride, dilation }: DimensionRoles): number {
  const extent = (o: number, k: number, axis: 0 | 1) =>
    (bounds[o]! - 1) * stride[axis] + (bounds[k]! - 1) * dilation[axis] + 1;
  return bounds[C]! * bounds[G]! * bounds[N]! * extent(P, R, 0) * extent(Q, S, 1);
}
