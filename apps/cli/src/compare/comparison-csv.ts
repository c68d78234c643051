import { csv } from "@loopnest/report";
import type { KeptRun } from "./kept-run-file.js";

const COLUMNS = [
  ...["role", "workload", "target", "method", "seed", "value", "energyUj", "latencyCycles", "areaMm2"],
  ...["lowerBound", "samples", "seconds", "hardware"],
];

/** A line per run; cells of what is not known are empty. */
export function runsCsv(runs: readonly KeptRun[]): string {
  const lines = runs.map(({ role, workload, target, method, seed, design, lowerBound, samples, seconds }) => [
    ...[role, workload, target, method, seed, design?.value],
    ...[design?.totals.energyUj, design?.totals.latencyCycles, design?.totals.areaMm2],
    ...[lowerBound, samples, seconds],
    Object.entries(design?.hardware ?? {})
      .map(([name, size]) => `${name}=${size}`)
      .join(" "),
  ]);
  return csv(COLUMNS, lines);
}

/** A line per improvement of every run: samples and seconds after which it came, and the best value from then on. */
export function convergencesCsv(runs: readonly KeptRun[]): string {
  const lines = runs.flatMap(({ role, workload, target, method, seed, convergence }) =>
    convergence.map(({ samples, seconds, value }) => [role, workload, target, method, seed, samples, seconds, value]),
  );
  return csv(["role", "workload", "target", "method", "seed", "samples", "seconds", "value"], lines);
}
