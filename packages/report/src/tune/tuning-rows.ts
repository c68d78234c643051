import { percent, quantity, times, whole } from "../numbers/number-format.js";
import { numbers, type Table } from "../tables/table.js";
import type { TunedDesign, Tuning, TuningWay } from "./tuning.js";

const WAYS: Readonly<Record<TuningWay, string>> = {
  tiler: "default tiler",
  analytical: "search, analytical model",
  learned: "search, learned model",
  careful: "search, learned model, penalty on uncertainty",
};

const NONE = "-";

/** What became of predictions and designs, round by round. */
export function roundTable({ rounds }: Tuning): Table {
  return {
    columns: [
      numbers("round"),
      numbers("measured"),
      numbers("failed"),
      { title: "predicted by" },
      numbers("median error"),
      numbers("rank corr."),
      numbers("best measured EDP"),
    ],
    rows: rounds.map(({ round, measured, failed, medianError, rankCorrelation, bestEdp }) => [
      String(round),
      whole(measured),
      whole(failed),
      round === 0 ? "analytical model" : `model ${round}`,
      medianError === null ? NONE : percent(medianError),
      rankCorrelation === null ? NONE : rankCorrelation.toFixed(3),
      bestEdp === null ? NONE : quantity(bestEdp),
    ]),
  };
}

/** Errors by kind of layer. */
export function kindTable({ kinds }: Tuning): Table {
  return {
    columns: [{ title: "kind of layer" }, numbers("measured"), numbers("analytical model"), numbers("as predicted")],
    rows: kinds.map(({ kind, samples, analyticalError, predictedError }) => [
      kind,
      whole(samples),
      percent(analyticalError),
      percent(predictedError),
    ]),
  };
}

/** Designs, the earliest first, against that of the analytical search. */
export function designTable({ designs, best }: Tuning): Table {
  const base = designs.find(({ way }) => way === "analytical")?.measured?.edp;
  return {
    columns: [
      { title: "design" },
      { title: "found by", wraps: true },
      numbers("predicted EDP"),
      numbers("measured EDP"),
      numbers("gain over analytical"),
    ],
    rows: designs.map(({ name, way, predicted, measured }) => [
      name === best ? `${name} *` : name,
      WAYS[way],
      quantity(predicted.edp),
      measured === null ? "a layer failed" : quantity(measured.edp),
      measured === null || base === undefined ? NONE : times(base / measured.edp),
    ]),
  };
}

/** Layers of a design: where the cycles go, and what limits. */
export function limitTable({ layers }: TunedDesign): Table {
  const total = layers.reduce((sum, { count, measuredCycles }) => sum + count * (measuredCycles ?? 0), 0);
  return {
    columns: [
      { title: "layer", wraps: true },
      numbers("count"),
      numbers("predicted"),
      numbers("measured cycles"),
      numbers("share"),
      { title: "limited by" },
    ],
    rows: layers.map(({ name, count, predictedCycles, measuredCycles, bottleneck }) => [
      name,
      whole(count),
      quantity(predictedCycles),
      measuredCycles === null ? NONE : quantity(measuredCycles),
      measuredCycles === null ? NONE : percent((count * measuredCycles) / total),
      bottleneck,
    ]),
  };
}

/** What was done, in a line. */
export function tuningTitle({ workload, target, measurements, stopped }: Tuning): string {
  const { made, budget, failed } = measurements;
  const lost = failed > 0 ? `, ${whole(failed)} failed` : "";
  return `${workload} on ${target}: ${whole(made)} of ${whole(budget)} measurements${lost}; ${stopped}`;
}

/** What EDP is made of. */
export function edpText({ measuredEnergy }: Tuning): string {
  return (
    `EDP is ${measuredEnergy ? "measured energy" : "the analytical model's energy"} in uJ x measured cycles of ` +
    "the network"
  );
}
