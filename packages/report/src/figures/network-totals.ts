import type { Compute } from "@loopnest/mapspace";
import type { Evaluation } from "@loopnest/model-analytical";
import type { MovementFigures, NetworkTotals } from "./figures.js";

type Counted<T> = T & { readonly count: number };

/**
 * Totals of a network: its layers, and what its other operators move, added up as often as they occur.
 *
 * @param layers One at least.
 * @param movement Not given if nothing is known of the other operators.
 */
export function networkTotals(
  layers: readonly Counted<Evaluation>[],
  movement: readonly Counted<Omit<MovementFigures, "share">>[] | undefined,
  compute: Compute,
): NetworkTotals {
  const moved = (figure: "energyPj" | "latencyCycles" | "wordsRead" | "wordsWritten") =>
    (movement ?? []).reduce((total, own) => total + own.count * own[figure], 0);
  const sum = (start: number, figure: (evaluation: Evaluation) => number) =>
    layers.reduce((total, layer) => total + layer.count * figure(layer), start);
  const energyUj = sum(moved("energyPj"), ({ energyPj }) => energyPj) / 1e6;
  const latencyCycles = sum(moved("latencyCycles"), ({ cycles }) => cycles);
  const macs = sum(0, (layer) => layer.macs);
  return {
    edp: energyUj * latencyCycles,
    energyUj,
    latencyCycles,
    areaMm2: layers[0]!.areaMm2,
    macs,
    utilization: macs / compute.instances / latencyCycles,
    ...(movement !== undefined && {
      dataMovement: {
        wordsRead: moved("wordsRead"),
        wordsWritten: moved("wordsWritten"),
        energyUj: moved("energyPj") / 1e6,
        latencyCycles: moved("latencyCycles"),
      },
    }),
  };
}
