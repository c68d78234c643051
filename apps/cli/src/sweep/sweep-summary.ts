import type { SweepDesign, SweepFigure, SweepSummary } from "@loopnest/report/charts";
import type { SweepRow } from "@loopnest/sweep";
import { version } from "../../package.json";
import { nondominated } from "../pareto/nondominated.js";
import { runFolder } from "./sweep-files.js";
import type { Sweep } from "./sweep-folder.js";

/** Figures against each other, as the page draws them. */
const PAIRS: readonly (readonly [x: SweepFigure, y: SweepFigure])[] = [
  ["areaMm2", "edp"],
  ["areaMm2", "latencyCycles"],
  ["areaMm2", "energyUj"],
  ["latencyCycles", "energyUj"],
];

/** What the page of a sweep is made of, from its rows. */
export async function sweepSummary(sweep: Sweep, rows: AsyncIterable<SweepRow>): Promise<SweepSummary> {
  const designs: SweepDesign[] = [];
  const counts = { done: 0, failed: 0, infeasible: 0 };
  for await (const { number, point, names, figures } of rows) {
    if (figures.status === "failed") counts.failed++;
    else counts.done++;
    if (figures.status === "infeasible") counts.infeasible++;
    if (figures.status !== "found") continue;
    const { value, unit, energyUj, latencyCycles, edp, areaMm2, hardware } = figures;
    designs.push({
      ...{ number, workload: names.workload, target: names.target },
      ...{ objective: point.objective ?? "", method: point.method ?? "" },
      ...{ value, unit, energyUj, latencyCycles, edp, areaMm2, hardware },
      ...(sweep.keep === "runs" && { to: `${runFolder(number)}/report.html` }),
    });
  }
  const networks = grouped(designs);
  return {
    ...{ name: sweep.name, version, points: sweep.points, ...counts, designs, best: bestOf(designs) },
    ...(sweep.description !== undefined && { description: sweep.description }),
    fronts: PAIRS.map(([x, y]) => ({
      ...{ x, y },
      fronts: new Map(
        [...networks].map(([network, own]) => {
          const worths = own.map((design) => ({ areaMm2: design[x], value: design[y] }));
          return [network, nondominated(worths).map((i) => own[i]!)];
        }),
      ),
    })),
  };
}

function grouped(designs: readonly SweepDesign[]): Map<string, SweepDesign[]> {
  const networks = new Map<string, SweepDesign[]>();
  for (const design of designs) {
    const own = networks.get(design.workload) ?? [];
    networks.set(design.workload, own);
    own.push(design);
  }
  return networks;
}

/** The first of equals. */
function bestOf(designs: readonly SweepDesign[]): SweepDesign[] {
  const best = new Map<string, SweepDesign>();
  for (const design of designs) {
    const id = JSON.stringify([design.workload, design.objective]);
    if (design.value < (best.get(id)?.value ?? Number.POSITIVE_INFINITY)) best.set(id, design);
  }
  return [...best.values()];
}
