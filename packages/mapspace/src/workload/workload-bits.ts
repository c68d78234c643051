import { bitsNames, type ElementBits, isKnown, ownBits, unknownBits, withBits } from "../problem/element-bits.js";
import type { DataMovement, Workload } from "./workload.js";

/** The name of what operators without multiply-accumulates move, among a workload's widths. */
const DATA_MOVEMENT = "dataMovement";

/**
 * The workload with the widths of elements said anew, in every layer that has a tensor of the name; `dataMovement` is
 * what operators without multiply-accumulates move.
 *
 * @param path Where the widths stand, for errors; `bits` unless given.
 * @throws LoopnestError `input` for a name that nothing of it has, and as `withBits`.
 */
export function withWorkloadBits(workload: Workload, bits: ElementBits, path = "bits"): Workload {
  const { layers, dataMovement } = workload;
  checkWorkloadBits(workload, bits, path);
  return {
    ...workload,
    layers: layers.map((layer) => ({
      ...layer,
      problem: withBits(layer.problem, ownBits(layer.problem, bits), path),
    })),
    ...(dataMovement !== undefined && { dataMovement: movementWithBits(dataMovement, bits, true) }),
  };
}

/** @throws LoopnestError `input` for a name that nothing of the workload has. @internal */
export function checkWorkloadBits(
  { layers, dataMovement = [] }: Pick<Workload, "layers" | "dataMovement">,
  bits: ElementBits,
  path = "bits",
): void {
  const moved = dataMovement.length > 0 ? [DATA_MOVEMENT] : [];
  const names = [...new Set([...layers.flatMap(({ problem }) => bitsNames(problem)), ...moved])];
  const unknown = Object.keys(bits).find((name) => !isKnown(name, names));
  if (unknown === undefined) return;
  throw unknownBits(unknown, names, `${path}.${unknown}`, `the workload has nothing called ${unknown}`);
}

/**
 * Data movement with the width that a workload says of it.
 *
 * @param anew Also where an operator says its own.
 * @internal
 */
export function movementWithBits(
  movement: readonly DataMovement[],
  bits: ElementBits = {},
  anew: boolean,
): readonly DataMovement[] {
  const said = Object.entries(bits).find(([name]) => isKnown(name, [DATA_MOVEMENT]))?.[1];
  if (said === undefined) return movement;
  return movement.map((own) => (own.bits === undefined || anew ? { ...own, bits: said } : own));
}
