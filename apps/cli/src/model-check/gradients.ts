import { emptyMachine, type PerformanceModel } from "@loopnest/mapspace";
import { costAt } from "./answers.js";
import type { Point } from "./points.js";

/** Steps of logs to both sides, and how far a slope may be off, of what the whole cost is. */
const STEP = 1e-5;
const TOLERANCE = 1e-3;
/** Points at which a slope must be wrong: at one it may be a kink. */
const FEWEST = 2;

/** A slope that differs from the difference of two costs. */
interface Disagreement {
  /** Of which loop or size. */
  readonly of: string;
  readonly text: string;
}

/**
 * Compares gradients with finite differences, points at a kink left out.
 *
 * @returns What is wrong; `null` if nothing is at two points.
 * @throws What the model throws, if it has no gradient.
 */
export function wrongGradient(model: PerformanceModel, points: readonly Point[]): string | null {
  const found = points.flatMap((point) =>
    (["energyPj", "latencyCycles"] as const).flatMap((field) => disagreements(model, point, field)),
  );
  const counts = new Map<string, number>();
  for (const { of } of found) counts.set(of, (counts.get(of) ?? 0) + 1);
  return found.find(({ of }) => counts.get(of)! >= FEWEST)?.text ?? null;
}

function disagreements(model: PerformanceModel, point: Point, field: "energyPj" | "latencyCycles"): Disagreement[] {
  const { layer, nest, sizes } = point;
  const { target } = model;
  const at = () => {
    const machine = emptyMachine(target.levels.length);
    model.machine(sizes, "smooth", machine);
    return costAt(model, { layer, nest, machine }, "smooth")[field];
  };
  const middle = at();
  const machine = emptyMachine(target.levels.length);
  model.machine(sizes, "smooth", machine);
  costAt(model, { layer, nest, machine }, "smooth");
  const toFactors = new Float64Array(nest.factor.length);
  const toMachine = emptyMachine(target.levels.length);
  const seed = { energy: field === "energyPj" ? 1 : 0, latency: field === "latencyCycles" ? 1 : 0, needs: null };
  layer.gradient(nest, machine, seed, toFactors, toMachine);
  const toSizes = new Float64Array(sizes.length);
  model.machineGradient(sizes, toMachine, toSizes);
  const compare = (values: Float64Array, slopes: Float64Array, nameOf: (i: number) => string) =>
    Array.from(slopes).flatMap((slope, i): Disagreement[] => {
      const own = values[i]!;
      values[i] = own * Math.exp(STEP);
      const right = (at() - middle) / STEP;
      values[i] = own * Math.exp(-STEP);
      const left = (middle - at()) / STEP;
      values[i] = own;
      if (Math.abs(right - left) > TOLERANCE * middle) return [];
      const difference = (right + left) / 2;
      if (Math.abs(slope - difference) <= TOLERANCE * middle) return [];
      const of = `${field} by the log of ${nameOf(i)}`;
      const [said, is] = [slope, difference].map((value) => Number(value.toPrecision(4)));
      return [{ of, text: `the slope of ${of} is ${said}, by differences ${is}, for ${point.name}` }];
    });
  return [
    ...compare(nest.factor, toFactors, (i) => loopName(point, i)),
    ...compare(sizes, toSizes, (i) => target.sizes[i]!.name),
  ];
}

function loopName({ layer: { space }, nest }: Point, i: number): string {
  const level = nest.end.findIndex((end) => i < end);
  const dim = space.shape.dims[nest.dim[i]!];
  return `the factor of ${dim} at ${space.target.levels[level]?.name ?? "compute"}`;
}
