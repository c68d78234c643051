import { type FreeSize, greatestSize, leastSize, nearestSize } from "@loopnest/mapspace";

/** Places of a slider, from the least to the greatest value of a size, in equal ratios. */
const PLACES = 1000;

/** The value at a place of the slider: the nearest one that the size takes. */
export function sizeAt(size: FreeSize, place: number): number {
  const [least, greatest] = [leastSize(size), greatestSize(size)];
  return nearestSize(size, least * (greatest / least) ** (place / PLACES));
}

/** The place of a value. */
export function sliderAt(size: FreeSize, value: number): number {
  const [least, greatest] = [leastSize(size), greatestSize(size)];
  if (greatest === least) return 0;
  return Math.round((PLACES * Math.log(value / least)) / Math.log(greatest / least));
}
