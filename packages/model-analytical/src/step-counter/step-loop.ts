import type { Mapping } from "@loopnest/mapspace";

/** One loop of a nest that is walked step by step. */
export interface StepLoop {
  /** Storage level whose loop it is, 0 outermost. */
  readonly level: number;
  readonly kind: "temporal" | "Y" | "X";
  readonly dim: string;
  readonly factor: number;
  /** By how much one step advances the index of `dim`: the product of the loops of `dim` inside. */
  readonly stride: number;
}

/** All loops of a mapping, outermost first: at every level temporal loops, then Y, then X. Unit loops are left out. */
export function stepLoops(mapping: Mapping): StepLoop[] {
  const loops = mapping.flatMap(({ temporal, spatial }, level) => {
    const unrolled = (axis: "X" | "Y") =>
      spatial.filter((loop) => loop[2] === axis).map(([dim, factor]) => ({ level, kind: axis, dim, factor }));
    const iterated = temporal.map(([dim, factor]) => ({ level, kind: "temporal" as const, dim, factor }));
    return [...iterated, ...unrolled("Y"), ...unrolled("X")].filter((loop) => loop.factor > 1);
  });
  return loops.map((loop, i) => {
    const stride = loops
      .slice(i + 1)
      .reduce((product, { dim, factor }) => (dim === loop.dim ? product * factor : product), 1);
    return { ...loop, stride };
  });
}
