import {
  SWEEP_PAIRS,
  type SweepDesign,
  type SweepFigure,
  type SweepGroup,
  type SweepSummary,
} from "@loopnest/report/charts";
import type { SweepRow } from "@loopnest/sweep";
import { version } from "../../package.json";
import { nondominated } from "../pareto/nondominated.js";
import { runFolder } from "./sweep-files.js";
import type { Sweep } from "./sweep-folder.js";

/** Designs that a page draws beside those of its fronts; of more, every so many. */
const MOST_DRAWN = 1500;
/** Designs that are held before a front of them is made: memory does not grow with the sweep. */
const MOST_HELD = 1000;

/** What the page of a sweep is made of, from rows that come one by one. */
export function growingSummary(sweep: Sweep) {
  const groups = new Map<string, ReturnType<typeof growingGroup>>();
  const best = new Map<string, SweepDesign>();
  const counts = { done: 0, failed: 0, infeasible: 0 };
  const every = Math.ceil(sweep.points / MOST_DRAWN);
  return {
    add({ number, point, names, figures }: SweepRow): void {
      if (figures.status === "failed") counts.failed++;
      else counts.done++;
      if (figures.status === "infeasible") counts.infeasible++;
      if (figures.status !== "found") return;
      const { value, unit, energyUj, latencyCycles, edp, areaMm2, hardware } = figures;
      const design: SweepDesign = {
        ...{ number, workload: names.workload, target: names.target },
        ...{ objective: point.objective ?? "", method: point.method ?? "" },
        ...{ value, unit, energyUj, latencyCycles, edp, areaMm2, hardware },
        ...(sweep.keep === "runs" && { to: `${runFolder(number)}/report.html` }),
      };
      const id = JSON.stringify([names.workload, names.target]);
      const group = groups.get(id) ?? growingGroup(names.workload, names.target);
      groups.set(id, group);
      group.add(design, number % every === 0);
      const contest = JSON.stringify([names.workload, design.objective, names.target]);
      // The first of equals.
      if (value < (best.get(contest)?.value ?? Number.POSITIVE_INFINITY)) best.set(contest, design);
    },
    whole: (): SweepSummary => ({
      ...{ name: sweep.name, version, points: sweep.points, ...counts, best: ranked([...best.values()]) },
      ...(sweep.description !== undefined && { description: sweep.description }),
      groups: [...groups.values()].map((group) => group.whole()),
    }),
  };
}

/** By network and objective, as they came first, then by value. */
function ranked(best: readonly SweepDesign[]): SweepDesign[] {
  const contests = new Map<string, SweepDesign[]>();
  for (const design of best) {
    const id = JSON.stringify([design.workload, design.objective]);
    contests.set(id, [...(contests.get(id) ?? []), design]);
  }
  return [...contests.values()].flatMap((designs) => designs.sort((a, b) => a.value - b.value));
}

function growingGroup(workload: string, target: string) {
  const designs: SweepDesign[] = [];
  const fronts = SWEEP_PAIRS.map(([x, y]) => growingFront(x, y));
  return {
    add(design: SweepDesign, isDrawn: boolean) {
      if (isDrawn) designs.push(design);
      for (const front of fronts) front.add(design);
    },
    whole: (): SweepGroup => ({ workload, target, designs, fronts: fronts.map((front) => front.whole()) }),
  };
}

/** The front of designs that come one by one: those that cannot be on it are forgotten now and then. */
function growingFront(x: SweepFigure, y: SweepFigure) {
  let held: SweepDesign[] = [];
  let most = MOST_HELD;
  const front = () => nondominated(held.map((own) => ({ areaMm2: own[x], value: own[y] }))).map((i) => held[i]!);
  return {
    add(design: SweepDesign) {
      held.push(design);
      if (held.length < most) return;
      held = front();
      most = Math.max(MOST_HELD, 2 * held.length);
    },
    whole: () => ({ x, y, designs: front() }),
  };
}
