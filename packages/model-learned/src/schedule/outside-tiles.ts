/**
 * How many pairs of an output tile and a kernel tile read nothing but the border around the image, along one axis.
 *
 * Gemmini's sequencer gives such a pair a negative width, which wraps around to tens of thousands: millions of cycles
 * for one call.
 *
 * @param positions Output positions along the axis, `tile` of them in one tile.
 * @param kernel Kernel positions, `kernelTile` in one tile; the border is half of them (rounded down) wide on either
 * side.
 * @param stride Input positions per output position; the image is `image` wide.
 */
export function pairsOutside(
  positions: number,
  tile: number,
  kernel: number,
  kernelTile: number,
  stride: number,
  image: number,
): number {
  const border = Math.floor(kernel / 2);
  const last = Math.ceil(positions / tile) - 1;
  let count = 0;
  for (let k = 0; k < kernel; k += kernelTile) {
    const reach = Math.min(kernelTile, kernel - k) - 1;
    const isOutside = (t: number) => {
      const from = t * tile * stride + k - border;
      const width = Math.min(tile, positions - t * tile) * stride + reach;
      return from + width < 0 || from > image;
    };
    // Only the first few tiles can lie before the image and only the last few behind it.
    let first = 0;
    while (first <= last && isOutside(first)) first++;
    count += first;
    for (let t = last; t > first && isOutside(t); t--) count++;
  }
  return count;
}
