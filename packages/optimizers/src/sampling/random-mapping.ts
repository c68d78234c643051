import { type Mapspace, type NestPoint, type Random, reorder } from "@loopnest/mapspace";
import { type OrderChoices, orderChoices } from "../mapper/orders.js";
import { randomTiling } from "../mapper/random-tiling.js";
import type { PlacedNetwork } from "../run/placed-network.js";
import { repair } from "./repair.js";

/** Draws before the last one is made to fit instead: on small hardware hardly any mapping fits by chance. */
const DRAWS = 100;

const known = new WeakMap<Mapspace, readonly OrderChoices[]>();

/**
 * Draws a mapping of layer `i` that fits the hardware: every tiling equally likely, and every loop order among those
 * that matter; drawn again while it does not fit, the hundredth repaired instead.
 *
 * @param point Receives the mapping.
 * @returns false if even the repaired one does not fit.
 */
export function randomMapping(placed: PlacedNetwork, i: number, point: NestPoint, random: Random): boolean {
  const choices = known.get(point.space) ?? orderChoices(point.space);
  known.set(point.space, choices);
  for (const { level, orders } of choices) reorder(point, level, random.pick(orders));
  for (let draw = 0; draw < DRAWS; draw++) {
    randomTiling(point, random);
    if (placed.excess(i, point) === 0) return true;
  }
  return repair(placed, i, point, random);
}
