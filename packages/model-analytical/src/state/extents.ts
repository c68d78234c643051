import type { LoopNest } from "@loopnest/mapspace";
import type { NestState } from "./nest-state.js";
import { tileVolume } from "./tile.js";

/**
 * Walks the nest from the innermost loop outwards and fills what depends on products of factors alone: extents of
 * tiles, steps of loops, visits, spatial products and instances in use, groups of children that receive the same tile
 * (R5), and the words of every kept tile (R1).
 */
export function walkExtents(state: NestState, nest: LoopNest): void {
  const { shape, levelCount, extent, tileRow, spannedRow, inside, visits, spatial, usedInstances } = state;
  const { dimCount } = shape;
  const { startTemporal, end, dim, factor } = nest;
  for (let l = levelCount - 1; l >= 0; l--) {
    const spanned = spannedRow[l]!;
    if (spanned !== tileRow[l + 1]!) unroll(state, nest, l);
    const tile = tileRow[l]!;
    let product = 1;
    if (tile !== spanned) {
      for (let d = 0; d < dimCount; d++) extent[tile + d] = extent[spanned + d]!;
      for (let i = startTemporal[l]!; i < end[l]!; i++) {
        const n = factor[i]!;
        const at = tile + dim[i]!;
        const steps = extent[at]!;
        inside[i] = steps;
        extent[at] = steps * n;
        product *= n;
      }
    }
    visits[l] = product;
  }
  usedInstances[0] = 1;
  for (let l = 0; l < levelCount; l++) {
    usedInstances[l + 1] = usedInstances[l]! * spatial[l]!;
    if (l > 0) visits[l]! *= visits[l - 1]!;
  }
  state.computeCycles = visits[levelCount - 1]!;
  for (let l = 0; l < levelCount; l++) {
    for (let t = 0, kept = nest.keeps[l]!; kept !== 0; t++, kept >>= 1) {
      if (kept & 1) state.tileWords[t * levelCount + l] = tileVolume(shape, t, extent, tileRow[l]!);
    }
  }
}

/** The spatial loops of level l. */
function unroll(state: NestState, nest: LoopNest, l: number): void {
  const { shape, levelCount, extent, tileRow, spannedRow, inside, spatial, groups, slides } = state;
  const { dimCount, tensorCount, relevant, windowed } = shape;
  const { start, startTemporal, dim, factor } = nest;
  const child = tileRow[l + 1]!;
  const spanned = spannedRow[l]!;
  for (let d = 0; d < dimCount; d++) extent[spanned + d] = extent[child + d]!;
  for (let t = 0; t < tensorCount; t++) {
    groups[t * levelCount + l] = 1;
    slides[t * levelCount + l] = 0;
  }
  let children = 1;
  for (let i = start[l]!; i < startTemporal[l]!; i++) {
    const n = factor[i]!;
    const d = dim[i]!;
    const steps = extent[spanned + d]!;
    inside[i] = steps;
    if (n === 1) continue;
    extent[spanned + d] = steps * n;
    children *= n;
    for (let t = 0; t < tensorCount; t++) {
      if ((relevant[t]! >> d) & 1) groups[t * levelCount + l]! *= n;
      if ((windowed[t]! >> d) & 1) slides[t * levelCount + l] = 1;
    }
  }
  spatial[l] = children;
}
