import { type Architecture, type Mapping, type Workload, workloadMacs } from "@loopnest/mapspace";
import { type Evaluation, evaluate } from "@loopnest/model-analytical";
import { evaluationRecord } from "../evaluate/case-record.js";
import { movementFigures } from "./movement-figures.js";
import type { LayerFigures, MovementFigures, NetworkTotals } from "./run-result.js";

/** Every figure of a design: totals of the network, and each layer. */
export interface Figures {
  readonly totals: NetworkTotals;
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
  const sum = (start: number, figure: (evaluation: Evaluation) => number) =>
    workload.layers.reduce((total, { count }, i) => total + count * figure(evaluations[i]!), start);
  const movement = movementFigures(workload.dataMovement ?? [], architecture);
  const moved = (figure: "energyPj" | "latencyCycles" | "wordsRead" | "wordsWritten") =>
    movement.reduce((total, own) => total + own.count * own[figure], 0);
  const energyPj = sum(moved("energyPj"), (evaluation) => evaluation.energyPj);
  const latencyCycles = sum(moved("latencyCycles"), (evaluation) => evaluation.cycles);
  const shares = (energy: number, latency: number) => ({ energy, latency, edp: (energy + latency) / 2 });
  const energyUj = energyPj / 1e6;
  const macs = workloadMacs(workload);
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
    totals: {
      edp: energyUj * latencyCycles,
      energyUj,
      latencyCycles,
      areaMm2: evaluations[0]!.areaMm2,
      macs,
      utilization: macs / architecture.compute.instances / latencyCycles,
      ...(workload.dataMovement !== undefined && {
        dataMovement: {
          wordsRead: moved("wordsRead"),
          wordsWritten: moved("wordsWritten"),
          energyUj: moved("energyPj") / 1e6,
          latencyCycles: moved("latencyCycles"),
        },
      }),
    },
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
