import {
  type Architecture,
  type DataMovement,
  type Mapping,
  machineOf,
  movementCost,
  type Workload,
  workloadMacs,
} from "@loopnest/mapspace";
import { type Evaluation, evaluate } from "@loopnest/model-analytical";
import { evaluationRecord } from "../evaluate/case-record.js";
import type { LayerFigures, NetworkTotals } from "./run-result.js";

/** Every figure of a design: totals of the network, and each layer. */
export interface Figures {
  readonly totals: NetworkTotals;
  readonly layers: readonly LayerFigures[];
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
  const sum = (start: number, figure: (evaluation: Evaluation) => number) =>
    workload.layers.reduce((total, { count }, i) => total + count * figure(evaluations[i]!), start);
  const moved = movementCost(workload.dataMovement ?? [], machineOf(architecture), "exact");
  const energyPj = sum(moved.energyPj, (evaluation) => evaluation.energyPj);
  const latencyCycles = sum(moved.latencyCycles, (evaluation) => evaluation.cycles);
  const energyUj = energyPj / 1e6;
  const macs = workloadMacs(workload);
  const layers = workload.layers.map(({ problem, count }, i): LayerFigures => {
    const evaluation = evaluations[i]!;
    const energy = (count * evaluation.energyPj) / energyPj;
    const latency = (count * evaluation.cycles) / latencyCycles;
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
      share: { energy, latency, edp: (energy + latency) / 2 },
      computeCycles: evaluation.computeCycles,
      computeEnergyPj: evaluation.computeEnergyPj,
      levels: Object.fromEntries(
        Object.entries(evaluation.levels).map(([name, { cycles }]) => [name, { cycles, tensors: records[name]! }]),
      ),
      mapping: mapped[i]!.mapping,
    };
  });
  return {
    totals: {
      edp: energyUj * latencyCycles,
      energyUj,
      latencyCycles,
      areaMm2: evaluations[0]!.areaMm2,
      macs,
      utilization: macs / architecture.compute.instances / latencyCycles,
      ...(workload.dataMovement !== undefined && {
        dataMovement: {
          ...words(workload.dataMovement),
          energyUj: moved.energyPj / 1e6,
          latencyCycles: moved.latencyCycles,
        },
      }),
    },
    layers,
  };
}

/** Words that the operators which are no layers move, all together. */
function words(movement: readonly DataMovement[]): { wordsRead: number; wordsWritten: number } {
  const sum = (of: "wordsRead" | "wordsWritten") => movement.reduce((total, own) => total + own.count * own[of], 0);
  return { wordsRead: sum("wordsRead"), wordsWritten: sum("wordsWritten") };
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
