import { type Cost, clonePoint, copyPoint, type NestPoint, type Random } from "@loopnest/mapspace";
import type { PlacedNetwork } from "../run/placed-network.js";
import { layerValue } from "../search/objective.js";
import type { Neighbourhood } from "./neighbour.js";

/** Temperature at the start and at the end, relative to the criterion: SALSA starts with 0.05. */
const FIRST_TEMPERATURE = 0.05;
const LAST_TEMPERATURE = 0.005;

/** How a layer is annealed. */
export interface AnnealHow {
  readonly neighbours: Neighbourhood;
  /** Evaluations of the layer, the one of the start included. */
  readonly evaluations: number;
  readonly random: Random;
  /** Called with every mapping evaluated and its cost. */
  readonly visit: (point: NestPoint, cost: Cost) => void;
}

/**
 * Anneals the mapping of one layer on the hardware at hand (SALSA: Jung et al., AICAS 2023): a neighbour takes the
 * place of the mapping with probability `exp((criterion now / criterion there - 1) / temperature)`, the temperature
 * falling geometrically. The criterion is the objective with the layer alone, energy x latency for EDP.
 *
 * @param point Start, which must fit; holds the last mapping afterwards.
 */
export function annealLayer(
  placed: PlacedNetwork,
  i: number,
  point: NestPoint,
  { neighbours, evaluations, random, visit }: AnnealHow,
): void {
  const { name } = placed.network.task.objective;
  const next = clonePoint(point);
  if (placed.excess(i, point) > 0) return;
  const first = placed.cost(i);
  visit(point, first);
  let current = layerValue(name, first);
  for (let k = 1; k < evaluations; k++) {
    const temperature = FIRST_TEMPERATURE * (LAST_TEMPERATURE / FIRST_TEMPERATURE) ** (k / evaluations);
    copyPoint(point, next);
    if (!neighbours.step(placed, i, next, random)) continue;
    const cost = placed.cost(i);
    visit(next, cost);
    const there = layerValue(name, cost);
    if (random.uniform() >= Math.exp((current / there - 1) / temperature)) continue;
    current = there;
    copyPoint(next, point);
  }
}
