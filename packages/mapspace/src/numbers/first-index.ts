/**
 * The first index from 0 to `count - 1` of which something is true that, once it is true, stays so (binary search);
 * `count` if it is true of none.
 *
 * @internal
 */
export function firstIndex(count: number, isTrue: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isTrue(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
