import { type Cost, emptyNeeds, type Machine, type PerformanceModel, type Rounding } from "@loopnest/mapspace";
import type { Point } from "./points.js";

/** What a model says of a point, perhaps on another machine. */
export function costAt(
  model: PerformanceModel,
  { layer, nest, machine }: Pick<Point, "layer" | "nest" | "machine">,
  rounding: Rounding,
): Cost {
  const cost = { energyPj: Number.NaN, latencyCycles: Number.NaN };
  layer.needs(nest, emptyNeeds(model.target.levels.length));
  layer.evaluate(nest, machine, rounding, cost);
  return cost;
}

/**
 * Costs that are no finite numbers above 0, and needs that are no numbers from 0 on. @returns What is wrong; `null` if
 * nothing.
 */
export function wrongNumbers(model: PerformanceModel, point: Point, rounding: Rounding): string | null {
  const needs = emptyNeeds(model.target.levels.length);
  point.layer.needs(point.nest, needs);
  for (const field of ["words", "x", "y"] as const) {
    const wrong = needs[field].find((need) => !(need >= 0));
    if (wrong !== undefined) return `needs of ${field} are ${wrong} for ${point.name}`;
  }
  const cost = costAt(model, point, rounding);
  for (const field of ["energyPj", "latencyCycles"] as const) {
    const value = cost[field];
    if (!(Number.isFinite(value) && value > 0)) return `${field} is ${value} for ${point.name}`;
  }
  return null;
}

/** Two answers to the same question that differ. */
export function otherAnswer(model: PerformanceModel, point: Point, between: Point): string | null {
  const first = costAt(model, point, "exact");
  costAt(model, between, "exact");
  const second = costAt(model, point, "exact");
  for (const field of ["energyPj", "latencyCycles"] as const) {
    if (!Object.is(first[field], second[field])) {
      return `${field} is ${first[field]}, then ${second[field]}, for ${point.name}`;
    }
  }
  return null;
}

const BANDWIDTHS = ["bandwidthShared", "bandwidthRead", "bandwidthWrite"] as const;
/** Rounded to whole words, a larger bandwidth may cost a cycle in a million. */
const SLACK = 1e-6;

/** A latency that rises with bandwidth. */
export function slowerWithBandwidth(model: PerformanceModel, point: Point): string | null {
  const { latencyCycles } = costAt(model, point, "exact");
  const faster = changed(point.machine, BANDWIDTHS, 2);
  const { latencyCycles: after } = costAt(model, { ...point, machine: faster }, "exact");
  if (after <= latencyCycles * (1 + SLACK)) return null;
  return `twice the bandwidth raises latencyCycles from ${latencyCycles} to ${after} for ${point.name}`;
}

/** An energy that rises where accesses cost less. */
export function dearerWithLess(model: PerformanceModel, point: Point): string | null {
  const { energyPj } = costAt(model, point, "exact");
  const cheaper = changed(point.machine, ["energyPerVectorAccessPj"], 0.5);
  const { energyPj: after } = costAt(model, { ...point, machine: cheaper }, "exact");
  if (after <= energyPj * (1 + SLACK)) return null;
  return `half the energy of an access raises energyPj from ${energyPj} to ${after} for ${point.name}`;
}

/** An area or a capacity that is no number from 0 on. */
export function wrongMachine(model: PerformanceModel, { machine }: Point): string | null {
  for (const field of ["areaUm2", "capacityWords", "instances"] as const) {
    const l = machine[field].findIndex((value) => !(value >= 0));
    if (l >= 0) return `${field} of ${model.target.levels[l]?.name ?? "compute"} is ${machine[field][l]}`;
  }
  return null;
}

function changed(machine: Machine, fields: readonly (keyof Machine)[], by: number): Machine {
  const own = Object.fromEntries(
    fields.map((field) => [field, (machine[field] as Float64Array).map((value) => by * value)]),
  );
  return { ...machine, ...own };
}
