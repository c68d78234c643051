import { emptyMachine, type LoopNest, type Machine } from "@loopnest/mapspace";
import type { LayerCorrection } from "./layer-correction.js";

/** Log of a corrected cost of one nest after the other: what is predicted, and deviations that a penalty adds to it. */
export interface CorrectedLog {
  value: number;
  write(nest: LoopNest, machine: Machine, logBase: number, exact: boolean): void;
  /**
   * Adds `seed` times the derivatives of `value` with respect to log factors and the machine's instances. Needs a
   * smooth `write` before.
   *
   * @returns `seed` times the derivative with respect to `logBase`.
   */
  gradient(nest: LoopNest, machine: Machine, seed: number, toFactors: Float64Array, toMachine: Machine): number;
  /** See `LayerModel.follow`. */
  follow(share: number): void;
}

/** Where a gradient was last worked out, and what it was there. */
interface Anchor {
  readonly dim: Int32Array;
  readonly factor: Float64Array;
  readonly toFactors: Float64Array;
  readonly instances: Float64Array;
  readonly toMachine: Machine;
  value: number;
  logBase: number;
  toBase: number;
}

/**
 * Wraps a correction. While it follows, smooth values near the last gradient are read off that gradient, which costs a
 * hundredth of the schedule and the networks: value + sum of slope * (factor / factor there - 1), the same in the
 * machine's instances and, exactly, in the base model's cost.
 */
export function correctedLog(correction: LayerCorrection, penalty: number): CorrectedLog {
  let share = 0;
  let room: Anchor | null = null;
  let anchor: Anchor | null = null;
  let logBaseNow = 0;
  /** Whether the last value was read off the anchor. */
  let followed = false;

  const isNear = (nest: LoopNest, { instances }: Machine, { dim, factor, instances: known }: Anchor) => {
    for (let i = 0; i < factor.length; i++) {
      if (nest.dim[i] !== dim[i] || Math.abs(nest.factor[i]! - factor[i]!) > share * factor[i]!) return false;
    }
    for (let l = 0; l < known.length; l++) {
      if (Math.abs(instances[l]! - known[l]!) > share * known[l]!) return false;
    }
    return true;
  };

  /** Works out the gradient where the last smooth value was written. */
  const anchorAt = (nest: LoopNest, machine: Machine, value: number): Anchor => {
    const at = (room ??= emptyAnchor(nest.factor.length, machine.instances.length));
    at.dim.set(nest.dim);
    at.factor.set(nest.factor);
    at.instances.set(machine.instances);
    at.value = value;
    at.logBase = logBaseNow;
    at.toFactors.fill(0);
    at.toMachine.instances.fill(0);
    at.toBase = correction.gradient(nest, machine, 1, penalty, at.toFactors, at.toMachine);
    return at;
  };

  return {
    value: 0,
    write(nest, machine, logBase, exact) {
      followed = !exact && anchor !== null && isNear(nest, machine, anchor);
      if (!followed || anchor === null) {
        correction.write(nest, machine, logBase, exact);
        this.value = correction.logCycles + penalty * correction.deviation;
        anchor = exact ? anchor : null;
        logBaseNow = logBase;
        return;
      }
      const { factor, toFactors, instances } = anchor;
      const toInstances = anchor.toMachine.instances;
      let value = anchor.value + anchor.toBase * (logBase - anchor.logBase);
      for (let i = 0; i < factor.length; i++) value += toFactors[i]! * (nest.factor[i]! / factor[i]! - 1);
      for (let l = 0; l < instances.length; l++) value += toInstances[l]! * (machine.instances[l]! - instances[l]!);
      this.value = value;
    },
    gradient(nest, machine, seed, toFactors, toMachine) {
      if (share === 0) return correction.gradient(nest, machine, seed, penalty * seed, toFactors, toMachine);
      if (!followed) anchor = anchorAt(nest, machine, this.value);
      const { factor, toFactors: slopes, toMachine: there, toBase } = anchor!;
      for (let i = 0; i < factor.length; i++) toFactors[i]! += (seed * slopes[i]! * nest.factor[i]!) / factor[i]!;
      for (let l = 0; l < there.instances.length; l++) toMachine.instances[l]! += seed * there.instances[l]!;
      return seed * toBase;
    },
    follow(given) {
      share = given;
      anchor = null;
      followed = false;
    },
  };
}

function emptyAnchor(loops: number, instances: number): Anchor {
  return {
    dim: new Int32Array(loops),
    factor: new Float64Array(loops),
    toFactors: new Float64Array(loops),
    instances: new Float64Array(instances),
    toMachine: emptyMachine(instances - 1),
    value: 0,
    logBase: 0,
    toBase: 0,
  };
}
