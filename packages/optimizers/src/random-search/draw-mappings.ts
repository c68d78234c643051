import { type LayerFront, makeLayerFront } from "../candidates/layer-front.js";
import { emptyPoints, type SearchRun } from "../run/search-run.js";
import { randomMapping } from "../sampling/random-mapping.js";

/**
 * Draws so many mappings of every layer on the hardware at hand: one sample each.
 *
 * @returns The best of every layer; fewer were drawn if the search was stopped.
 */
export async function drawMappings(run: SearchRun, mappings: number): Promise<LayerFront[]> {
  const { budget, pace, placed, random } = run;
  const points = emptyPoints(run);
  const fronts = points.map(makeLayerFront);
  for (let k = 0; k < mappings && !budget.done; k++) {
    await pace.breathe();
    points.forEach((point, i) => {
      if (randomMapping(placed, i, point, random)) fronts[i]!.add(point, placed.cost(i));
    });
  }
  return fronts;
}
