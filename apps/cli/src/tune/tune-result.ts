import { spearman } from "@loopnest/model-learned";
import { layerKind, median, type TunedDesign, type TunedPoint, type TunedTotals, type Tuning } from "@loopnest/report";
import { version } from "../../package.json";
import type { Measurements } from "./measurements.js";
import type { StoredTuning } from "./tune-folder.js";
import type { RoundDesign, TuneRound } from "./tune-round.js";

/**
 * What a design takes as measured; `null` if a layer could not be. Energies are the analytical model's where none was
 * measured.
 */
function measuredTotals({ layers, rest }: RoundDesign, measurements: Measurements): TunedTotals | null {
  let { energyUj, latencyCycles } = rest;
  for (const { id, count, energyPj } of layers) {
    const measured = measurements.measured(id);
    if (measured === undefined) return null;
    energyUj += (count * (measured.energyPj ?? energyPj)) / 1e6;
    latencyCycles += count * measured.cycles;
  }
  return { edp: energyUj * latencyCycles, energyUj, latencyCycles };
}

/** The least measured EDP after each round. */
export function bestAfterRounds(rounds: readonly TuneRound[], measurements: Measurements): (number | null)[] {
  let best: number | null = null;
  return rounds.map(({ designs }) => {
    for (const design of designs) {
      const edp = measuredTotals(design, measurements)?.edp;
      if (edp !== undefined && (best === null || edp < best)) best = edp;
    }
    return best;
  });
}

/** Everything that is known of tuning, from its rounds and what was measured. */
export function tuningOf(
  { plan, measurements: budget }: StoredTuning,
  rounds: readonly TuneRound[],
  measurements: Measurements,
  { status, stopped }: Pick<Tuning, "status" | "stopped">,
): Tuning {
  const { workload, target } = plan.search.inputs;
  const points = rounds.flatMap(({ round, cases }) =>
    cases.flatMap(({ id, problem, layer, found, predictedCycles, analyticalCycles }): TunedPoint[] => {
      const measuredCycles = measurements.measured(id)?.cycles;
      if (measuredCycles === undefined) return [];
      const kind = layerKind(problem);
      return [{ id, round, layer, kind, found, predictedCycles, analyticalCycles, measuredCycles }];
    }),
  );
  const designs = rounds.flatMap(({ round, designs }) =>
    designs.map((design) => tunedDesign(round, design, measurements)),
  );
  const bests = bestAfterRounds(rounds, measurements);
  const measured = designs.filter((one) => one.measured !== null);
  const best = measured.sort((a, b) => a.measured!.edp - b.measured!.edp)[0];
  const ids = rounds.flatMap(({ cases }) => cases);
  return {
    schemaVersion: 1,
    status,
    versions: { loopnest: version, node: process.versions.node },
    target: target.name,
    workload: workload.name,
    measure: plan.measure,
    seed: plan.search.options.seed,
    measurements: { budget, made: measurements.count.measured, failed: measurements.count.failed },
    measuredEnergy: points.length > 0 && points.every(({ id }) => measurements.measured(id)?.energyPj !== undefined),
    stopped,
    rounds: rounds.map(({ round, cases }, r) => {
      const own = points.filter((point) => point.round === round);
      return {
        round,
        measured: own.length,
        failed: cases.filter(({ id }) => measurements.failure(id) !== undefined).length,
        medianError: own.length === 0 ? null : median(own.map(errorOf("predictedCycles"))),
        rankCorrelation: own.length < 2 ? null : rankCorrelation(own),
        bestEdp: bests[r]!,
      };
    }),
    kinds: [...new Set(points.map(({ kind }) => kind))].map((kind) => {
      const own = points.filter((point) => point.kind === kind);
      return {
        ...{ kind, samples: own.length },
        analyticalError: median(own.map(errorOf("analyticalCycles"))),
        predictedError: median(own.map(errorOf("predictedCycles"))),
      };
    }),
    designs,
    best: best?.name ?? null,
    points,
    failures: ids.flatMap(({ id, layer }) => {
      const reason = measurements.failure(id);
      return reason === undefined ? [] : [{ id, layer, reason }];
    }),
  };
}

function tunedDesign(round: number, design: RoundDesign, measurements: Measurements): TunedDesign {
  const { name, way, hardware, predicted, layers } = design;
  return {
    ...{ name, way, round, hardware, predicted },
    measured: measuredTotals(design, measurements),
    layers: layers.map(({ name, count, id, predictedCycles, bottleneck }) => ({
      ...{ name, count, predictedCycles, bottleneck },
      measuredCycles: measurements.measured(id)?.cycles ?? null,
    })),
  };
}

function errorOf(field: "predictedCycles" | "analyticalCycles"): (point: TunedPoint) => number {
  return (point) => Math.abs(point[field] / point.measuredCycles - 1);
}

function rankCorrelation(points: readonly TunedPoint[]): number | null {
  const rank = spearman(
    points.map(({ predictedCycles }) => predictedCycles),
    points.map(({ measuredCycles }) => measuredCycles),
  );
  return Number.isFinite(rank) ? rank : null;
}
