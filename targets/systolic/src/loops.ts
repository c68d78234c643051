/** A counted loop and how far one iteration moves each stream of addresses. */
export interface Loop {
  readonly bound: number;
  readonly strides: readonly number[];
}

/**
 * The registers of a hardware loop nest, innermost loop first: for every slot its bound, then a step per stream, which
 * is the loop's stride less what the loops inside it have covered when it advances. Unused slots are loops of one
 * iteration.
 *
 * @param loops Innermost first; loops of one iteration are left out to save slots.
 * @throws Error if there are more loops than slots: lowering never makes so many.
 */
export function loopRegisters(loops: readonly Loop[], slots: number, streams: number): number[] {
  const iterated = loops.filter(({ bound }) => bound > 1);
  if (iterated.length > slots) throw new Error(`${iterated.length} loops for ${slots} slots`);
  const covered = new Array<number>(streams).fill(0);
  const registers: number[] = [];
  for (const { bound, strides } of iterated) {
    registers.push(bound, ...strides.map((stride, stream) => stride - covered[stream]!));
    strides.forEach((stride, stream) => {
      covered[stream]! += (bound - 1) * stride;
    });
  }
  for (let slot = iterated.length; slot < slots; slot++) registers.push(1, ...covered.map(() => 0));
  return registers;
}

/** Mask of the slots, as `loopRegisters` fills them, whose loop satisfies a condition. */
export function loopMask<T extends Loop>(loops: readonly T[], condition: (loop: T) => boolean): number {
  return loops
    .filter(({ bound }) => bound > 1)
    .reduce((mask, loop, slot) => (condition(loop) ? mask | (1 << slot) : mask), 0);
}

/**
 * The registers of a transfer: how many elements lie side by side, then its loops over such runs. Loops whose runs join
 * up in memory become part of the run.
 *
 * @param run Elements side by side.
 * @param loops Innermost first, with the stride in elements.
 */
export function transferRegisters(run: number, loops: readonly Loop[], slots: number): number[] {
  const left = loops.filter(({ bound }) => bound > 1);
  let elements = run;
  while (left.length > 0 && left[0]!.strides[0] === elements) elements *= left.shift()!.bound;
  return [elements, ...loopRegisters(left, slots, 1)];
}
