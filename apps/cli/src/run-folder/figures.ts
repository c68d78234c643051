import type { Architecture, Mapping, Workload } from "@loopnest/mapspace";
import { type Evaluation, evaluate } from "@loopnest/model-analytical";
import { evaluationRecord } from "../cases/case-record.js";
import { movementFigures } from "./movement-figures.js";
import { networkTotals } from "./network-totals.js";
import type { LayerFigures, MovementFigures, NetworkFigures, NetworkTotals } from "./run-result.js";

/** Every figure of a design: totals of the network, and each layer. */
export interface Figures {
  readonly totals: NetworkTotals;
  /** Each of several networks by itself. */
  readonly networks?: readonly NetworkFigures[];
  readonly layers: readonly LayerFigures[];
  /** One per operator that is no layer, if the workload keeps such. */
  readonly dataMovement?: readonly MovementFigures[];
}

/** A layer's mapping and the file it is kept in. */
export interface MappedLayer {
  readonly file: string;
  readonly mapping: Mapping;
}

/**
 * Evaluates a design with the exact model: the one place where the figures of a result come from.
 *
 * @param mapped One per layer of the workload, in its order.
 * @throws LoopnestError as `evaluate`, if a mapping does not fit.
 */
export function designFigures(workload: Workload, architecture: Architecture, mapped: readonly MappedLayer[]): Figures {
  const evaluations = workload.layers.map(({ problem }, i) => evaluate(problem, architecture, mapped[i]!.mapping));
  const { dataMovement, networks } = workload;
  const movement = movementFigures(dataMovement ?? [], architecture);
  const moved = dataMovement === undefined ? undefined : movement;
  const { compute } = architecture;
  const totals = networkTotals(
    workload.layers.map(({ count }, i) => ({ ...evaluations[i]!, count })),
    moved,
    compute,
  );
  const energyPj = totals.energyUj * 1e6;
  const { latencyCycles } = totals;
  const shares = (energy: number, latency: number) => ({ energy, latency, edp: (energy + latency) / 2 });
  const layers = workload.layers.map(({ problem, count }, i): LayerFigures => {
    const evaluation = evaluations[i]!;
    const records = evaluationRecord(null, evaluation).levels;
    return {
      name: problem.name,
      count,
      file: mapped[i]!.file,
      macs: evaluation.macs,
      energyPj: evaluation.energyPj,
      latencyCycles: evaluation.cycles,
      utilization: evaluation.utilization,
      bottleneck: bottleneck(evaluation),
      share: shares((count * evaluation.energyPj) / energyPj, (count * evaluation.cycles) / latencyCycles),
      computeCycles: evaluation.computeCycles,
      computeEnergyPj: evaluation.computeEnergyPj,
      levels: Object.fromEntries(
        Object.entries(evaluation.levels).map(([name, { cycles }]) => [name, { cycles, tensors: records[name]! }]),
      ),
      mapping: mapped[i]!.mapping,
    };
  });
  return {
    totals,
    ...(networks !== undefined && {
      networks: networks.map(({ name, weight, layerCounts, movementCounts }) => {
        const own = evaluations.map((evaluation, i) => ({ ...evaluation, count: layerCounts[i]! }));
        const ownMoved = moved?.map((figures, i) => ({ ...figures, count: movementCounts[i]! }));
        return { name, weight, totals: networkTotals(own, ownMoved, compute) };
      }),
    }),
    layers,
    ...(workload.dataMovement !== undefined && {
      dataMovement: movement.map((own) => ({
        ...own,
        share: shares((own.count * own.energyPj) / energyPj, (own.count * own.latencyCycles) / latencyCycles),
      })),
    }),
  };
}

/** The level with the most cycles, the outermost of equals; `compute` if none has more than the MAC units. */
function bottleneck({ levels, computeCycles }: Evaluation): string {
  let name = "compute";
  let most = computeCycles;
  for (const [level, { cycles }] of Object.entries(levels)) {
    if (cycles <= most) continue;
    name = level;
    most = cycles;
  }
  return name;
}
