import {
  LoopnestError,
  type Mapping,
  type Mapspace,
  makeNestPoint,
  type NestPoint,
  pointFromMapping,
  type Random,
} from "@loopnest/mapspace";
import type { Network } from "../network/network.js";

/** How much of a dimension spatial slots get on average, relative to temporal ones. */
const SPATIAL_WEIGHT = 2;

/**
 * A random start: the log bound of every dimension is split over its slots in exponentially distributed shares, spatial
 * slots weighing more.
 *
 * @returns Log factors by slot.
 */
export function randomStart(space: Mapspace, random: Random): Float64Array {
  const logs = new Float64Array(space.slots.length);
  space.slotsOf.forEach((slots, d) => {
    const shares = slots.map((slot) => {
      const weight = space.slots[slot]!.kind === "temporal" ? 1 : SPATIAL_WEIGHT;
      return -weight * Math.log(1 - random.uniform());
    });
    const sum = shares.reduce((a, b) => a + b, 0);
    const logBound = Math.log(space.shape.bounds[d]!);
    slots.forEach((slot, k) => {
      logs[slot] = (shares[k]! / sum) * logBound;
    });
  });
  return logs;
}

/**
 * The start that needs no hardware: all loops at the outermost level. What gradient steps then move inwards is what
 * pays.
 *
 * @returns Log factors by slot.
 */
export function outermostStart(space: Mapspace): Float64Array {
  return logFactors(space, makeNestPoint(space));
}

/**
 * A start that is given: one mapping for every layer of the network. Their loop orders do not matter, the descent
 * chooses its own.
 *
 * @returns Log factors by slot, per layer.
 * @throws LoopnestError `input` if there is not one mapping per layer; otherwise as `pointFromMapping`.
 */
export function givenStart({ layers }: Network, mappings: readonly Mapping[]): Float64Array[] {
  if (mappings.length !== layers.length) {
    throw new LoopnestError({
      code: "input",
      path: "startPoints",
      problem: `a start point has ${mappings.length} mappings`,
      fix: `give ${layers.length}, one for each layer`,
      expected: layers.length,
      got: mappings.length,
    });
  }
  return layers.map(({ model: { space } }, i) => logFactors(space, pointFromMapping(space, mappings[i]!)));
}

function logFactors(space: Mapspace, { nest, loopOf }: NestPoint): Float64Array {
  return Float64Array.from(space.slots, (_, slot) => Math.log(nest.factor[loopOf[slot]!]!));
}
