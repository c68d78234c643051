import {
  type Architecture,
  type Counts,
  extraWork,
  type Mapping,
  macs,
  type PaddedDims,
  type Problem,
  paddedProblem,
  type Workload,
} from "@loopnest/mapspace";
import { bottleneck, type Evaluation, evaluate, type TensorCounts } from "@loopnest/model-analytical";
import type { DesignFigures, LayerFigures, LevelFigures, TensorFigures } from "./figures.js";
import { movementFigures } from "./movement-figures.js";
import { networkTotals } from "./network-totals.js";

/** A layer's mapping and the file it is kept in. */
export interface MappedLayer {
  readonly file: string;
  readonly mapping: Mapping;
  /** Dimensions that it runs beyond their bounds. */
  readonly padded?: PaddedDims;
  /** Tensors held on chip between this layer and others: see `evaluate`. */
  readonly held?: readonly string[];
}

/**
 * Evaluates a design with the exact model: the one place where the figures of a result come from.
 *
 * @param mapped One per layer of the workload, in its order.
 * @param counts Whose counting.
 * @throws LoopnestError as `evaluate`, if a mapping does not fit.
 */
export function designFigures(
  workload: Workload,
  architecture: Architecture,
  mapped: readonly MappedLayer[],
  counts: Counts,
): DesignFigures {
  const evaluations = workload.layers.map(({ problem }, i) =>
    evaluatePadded(problem, architecture, mapped[i]!, counts),
  );
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
  // Quotients of sums: that of a part which is all of it may be 1 and a rounding.
  const share = (part: number, whole: number) => Math.min(1, part / whole);
  const shares = (energy: number, latency: number) => ({ energy, latency, edp: (energy + latency) / 2 });
  const layers = workload.layers.map(({ problem, count }, i): LayerFigures => {
    const evaluation = evaluations[i]!;
    return {
      name: problem.name,
      count,
      file: mapped[i]!.file,
      macs: evaluation.macs,
      energyPj: evaluation.energyPj,
      latencyCycles: evaluation.cycles,
      utilization: evaluation.utilization,
      bottleneck: bottleneck(evaluation),
      share: shares(share(count * evaluation.energyPj, energyPj), share(count * evaluation.cycles, latencyCycles)),
      computeCycles: evaluation.computeCycles,
      computeEnergyPj: evaluation.computeEnergyPj,
      levels: levelFigures(evaluation),
      mapping: mapped[i]!.mapping,
      ...(mapped[i]!.padded !== undefined && { padded: mapped[i]!.padded }),
      ...(mapped[i]!.held !== undefined && { held: mapped[i]!.held }),
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
        share: shares(share(own.count * own.energyPj, energyPj), share(own.count * own.latencyCycles, latencyCycles)),
      })),
    }),
  };
}

/** The padded problem's figures; MACs, and their share of the units' time, are those that the layer asks for. */
function evaluatePadded(
  problem: Problem,
  architecture: Architecture,
  { mapping, padded, held }: MappedLayer,
  counts: Counts,
): Evaluation {
  const evaluation = evaluate(paddedProblem(problem, padded), architecture, mapping, counts, held);
  if (padded === undefined) return evaluation;
  return { ...evaluation, macs: macs(problem), utilization: evaluation.utilization / (1 + extraWork(padded)) };
}

function levelFigures({ levels, leakPj, networks }: Evaluation): Record<string, LevelFigures> {
  return Object.fromEntries(
    Object.entries(levels).map(([name, { cycles, tensors }]) => {
      const [, wires] = Object.entries(networks).find(([between]) => between.startsWith(`${name}->`)) ?? [];
      return [
        name,
        {
          cycles,
          tensors: tensorFigures(tensors),
          ...(leakPj[name]! > 0 && { leakPj: leakPj[name]! }),
          ...(wires && { networkPj: Object.values(wires).reduce((sum, { energyPj }) => sum + energyPj, 0) }),
        },
      ];
    }),
  );
}

/** What is shown of the tensors that a level holds, by name. */
export function tensorFigures(tensors: Evaluation["levels"][string]["tensors"]): Record<string, TensorFigures> {
  return Object.fromEntries(Object.entries(tensors).map(([tensor, counts]) => [tensor, tensorFigure(counts)]));
}

function tensorFigure(counts: TensorCounts): TensorFigures {
  const { reads, updates, fills, energyPj, utilizedCapacity, utilizedInstances: instances, width } = counts;
  const figures = { reads, updates, fills, energyPj, utilizedCapacity };
  if (width === undefined) return figures;
  const { reads: read, updates: updated, fills: filled, utilizedCapacity: held } = width.levelWords;
  const levelWords = {
    ...{ reads: read * instances, updates: updated * instances, fills: filled * instances },
    utilizedCapacity: held,
  };
  return { ...figures, width: { ...width, levelWords } };
}
