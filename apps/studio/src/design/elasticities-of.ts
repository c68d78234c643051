import {
  type DataMovement,
  type Hardware,
  isUneven,
  type Layer,
  LoopnestError,
  type Mapping,
} from "@loopnest/mapspace";
import { type Elasticity, elasticities } from "@loopnest/report";
import type { ChosenTarget } from "../state/studio.js";
import { modelOf } from "./machine.js";

/**
 * What 1 % more of every size, bandwidth and energy changes; none of mappings that have no gradient: uneven ones, and
 * those outside of the target's space.
 */
export function elasticitiesOf(
  target: ChosenTarget,
  layers: readonly (Layer & { readonly mapping: Mapping })[],
  hardware: Hardware,
  dataMovement?: readonly DataMovement[],
): Elasticity[] {
  if (layers.some(({ mapping }) => isUneven(mapping))) return [];
  try {
    return elasticities(modelOf(target), layers, hardware, dataMovement);
  } catch (error) {
    if (error instanceof LoopnestError) return [];
    throw error;
  }
}
