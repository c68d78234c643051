/** What a design is worth: less of both is better. */
export interface Worth {
  readonly areaMm2: number;
  readonly value: number;
}

/**
 * The designs that no other one beats: none is as small and as good, and better in one of the two. Of equals, the first
 * stays.
 *
 * @returns Their places in `designs`, smallest area first, so that values fall.
 */
export function nondominated(designs: readonly Worth[]): number[] {
  const order = designs.map((_, i) => i);
  order.sort((a, b) => {
    const [one, two] = [designs[a]!, designs[b]!];
    return one.areaMm2 - two.areaMm2 || one.value - two.value || a - b;
  });
  let least = Number.POSITIVE_INFINITY;
  return order.filter((i) => {
    const { value } = designs[i]!;
    if (value >= least) return false;
    least = value;
    return true;
  });
}

/** Place of the best design within a limit of area, the smallest of equals; -1 if none keeps it. */
export function bestWithin(designs: readonly Worth[], maxAreaMm2: number): number {
  const within = nondominated(designs).filter((i) => designs[i]!.areaMm2 <= maxAreaMm2);
  return within.at(-1) ?? -1;
}
