import {
  compileTarget,
  emptyNeeds,
  givenSizes,
  type Hardware,
  type MinimalHardware,
  makeMinimalHardware,
  type Needs,
  type Target,
} from "@loopnest/mapspace";

/** Finds the machine that a sample ran on. */
export interface SampleHardware {
  /**
   * Writes the sizes for a mapping's needs. Sizes that are not given are the smallest that hold the mapping, those that
   * set the array's edges rounded up to a power of two: the sizes in which arrays are generated.
   *
   * @returns false if the mapping does not fit: then the sizes are the closest ones.
   * @throws LoopnestError `input` for a given size that the target does not have, or out of its range.
   */
  solve(needs: Needs, given: Hardware, sizes: Float64Array): boolean;
  /** The first thing of which sizes offer less than is needed, `null` if there is none. */
  lack(needs: Needs, sizes: Float64Array): Lack | null;
}

/** What a machine has too little of. */
export interface Lack {
  /** Words of a level, or instances below it along an axis. */
  readonly what: string;
  readonly level: string;
  readonly needed: number;
  readonly available: number;
}

const LACKS = [
  ["words", "words"],
  ["x", "instances along X below"],
  ["y", "instances along Y below"],
] as const;
/** Sizes are solved for in floating point. */
const SLACK = 1 + 1e-9;

/** Finds hardware of a target for single mappings. */
export function sampleHardware(target: Target): SampleHardware {
  const compiled = compileTarget(target);
  const minimal: MinimalHardware = makeMinimalHardware(compiled);
  const isEdge = arrayEdgeSizes(target);
  const fixed = new Float64Array(target.sizes.length);
  return {
    solve(needs, given, sizes) {
      const named = givenSizes(target, given);
      fixed.set(named);
      const fits = minimal.solve(needs, fixed, true, sizes);
      let rounded = false;
      target.sizes.forEach((size, i) => {
        if (!isEdge[i] || !Number.isNaN(named[i]!)) return;
        fixed[i] = Math.min(size.max, 2 ** Math.ceil(Math.log2(sizes[i]!)));
        rounded = true;
      });
      return rounded ? minimal.solve(needs, fixed, true, sizes) : fits;
    },
    lack(needs, sizes) {
      const offers = minimal.offers(sizes, emptyNeeds(target.levels.length));
      for (const [field, what] of LACKS) {
        for (const [l, { name }] of target.levels.entries()) {
          const [needed, available] = [needs[field][l]!, offers[field][l]!];
          if (needed > available * SLACK) return { what, level: name, needed, available };
        }
      }
      return null;
    },
  };
}

/** The array that all samples ran on: sizes of its edges that every sample gives, and gives alike. */
export function commonArray(target: Target, samples: readonly { readonly hardware?: Hardware }[]): Hardware {
  const isEdge = arrayEdgeSizes(target);
  const common = target.sizes.flatMap(({ name }, i): [string, number][] => {
    const value = samples[0]?.hardware?.[name];
    return isEdge[i] && value !== undefined && samples.every(({ hardware }) => hardware?.[name] === value)
      ? [[name, value]]
      : [];
  });
  return Object.fromEntries(common);
}

/** For every size of a target, whether it sets an edge of the array. */
function arrayEdgeSizes(target: Target): boolean[] {
  const { levels } = compileTarget(target);
  return target.sizes.map((_, i) =>
    levels.some(({ fanOutX, fanOutY }) => fanOutX.exponents[i] !== 0 || fanOutY.exponents[i] !== 0),
  );
}
