import { type Mapspace, type NestPoint, primeFactors } from "@loopnest/mapspace";

/** Dimensions of a mapspace that may be run at more than one bound, whatever the factors. */
export function paddable({ bounds, slots, slotsOf }: Mapspace): number[] {
  const isLimited = (d: number) => slotsOf[d]!.some((slot) => slots[slot]!.limits !== undefined);
  return bounds.flatMap((own, d) => (own.length > 1 && !isLimited(d) ? [d] : []));
}

/**
 * Runs a dimension at another bound, tiled as much as before as can be: its primes, the largest first, each go to the
 * slot whose factor is furthest below the one it had.
 */
export function repad({ space, nest, loopOf }: NestPoint, d: number, bound: number): void {
  const loops = space.slotsOf[d]!.map((slot) => loopOf[slot]!);
  const wanted = loops.map((loop) => nest.factor[loop]!);
  for (const loop of loops) nest.factor[loop] = 1;
  for (const prime of primeFactors(bound).reverse()) {
    let furthest = 0;
    loops.forEach((loop, k) => {
      if (wanted[k]! / nest.factor[loop]! > wanted[furthest]! / nest.factor[loops[furthest]!]!) furthest = k;
    });
    nest.factor[loops[furthest]!]! *= prime;
  }
}
