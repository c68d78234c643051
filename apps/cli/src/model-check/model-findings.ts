import { conv, LoopnestError, matmul, type PerformanceModel, type Problem } from "@loopnest/mapspace";
import { dearerWithLess, otherAnswer, slowerWithBandwidth, wrongMachine, wrongNumbers } from "./answers.js";
import type { Finding } from "./finding.js";
import { wrongGradient } from "./gradients.js";
import { type Point, relaxedPoints, wholePoints } from "./points.js";

/** Layers of every kind; those that a target cannot run are left out. */
const PROBLEMS: readonly Problem[] = [
  conv({ name: "conv", R: 3, S: 3, P: 28, Q: 28, C: 64, K: 64 }),
  conv({ name: "strided", R: 3, S: 3, P: 14, Q: 14, C: 32, K: 128, stride: 2 }),
  conv({ name: "pointwise", R: 1, S: 1, P: 28, Q: 28, C: 96, K: 32 }),
  matmul({ name: "matmul", m: 64, k: 256, n: 128 }),
  matmul({ name: "vector", m: 1, k: 256, n: 512 }),
];

const WHOLE_POINTS = 100;
const RELAXED_POINTS = 20;

/**
 * Holds a model to what searches take for granted, and to what it promises.
 *
 * @param base The analytical model of the same target.
 */
export function modelFindings(model: PerformanceModel, base: PerformanceModel): Finding[] {
  const problems = PROBLEMS.filter((problem) => runs(model, problem));
  const whole = wholePoints(model, base, problems, WHOLE_POINTS);
  const relaxed = relaxedPoints(model, problems, RELAXED_POINTS);
  const promised = (claim: "bandwidth" | "accessEnergy", name: string, check: (point: Point) => string | null) =>
    model.monotone?.includes(claim) ? [finding(name, "it promises so", over(whole, check))] : [];
  return [
    finding(
      "costs are finite and above 0",
      "all searches",
      over(whole, (point) => wrongNumbers(model, point, "exact")),
    ),
    finding(
      "also between whole factors",
      "descent",
      over(relaxed, (point) => wrongNumbers(model, point, "smooth")),
    ),
    finding(
      "the same question has the same answer",
      "results that reproduce",
      over(whole, (point, i) => otherAnswer(model, point, whole[(i + 1) % whole.length]!)),
    ),
    finding(
      "areas and capacities are not below 0",
      "what fits",
      over(whole, (point) => wrongMachine(model, point)),
    ),
    finding("gradients are those of finite differences", "descent", gradient(model, relaxed)),
    ...promised("bandwidth", "no layer is slower with more bandwidth", (point) => slowerWithBandwidth(model, point)),
    ...promised("accessEnergy", "no layer is dearer with cheaper accesses", (point) => dearerWithLess(model, point)),
  ];
}

function runs(model: PerformanceModel, problem: Problem): boolean {
  try {
    model.layer(problem);
    return true;
  } catch (error) {
    if (error instanceof LoopnestError) return false;
    throw error;
  }
}

/** What is found: nothing wrong, what is wrong, or that the model has no such thing. */
type Found = { readonly fault: string | null; readonly places: number } | { readonly missing: string };

/** The first fault of some points. */
function over(points: readonly Point[], check: (point: Point, i: number) => string | null): Found {
  for (const [i, point] of points.entries()) {
    const fault = check(point, i);
    if (fault !== null) return { fault, places: i + 1 };
  }
  return { fault: null, places: points.length };
}

function gradient(model: PerformanceModel, points: readonly Point[]): Found {
  try {
    return { fault: wrongGradient(model, points), places: points.length };
  } catch (error) {
    return { missing: `it has none: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function finding(name: string, purpose: string, found: Found): Finding {
  if ("missing" in found) return { name, state: "missing", found: found.missing, purpose };
  const { fault, places } = found;
  return {
    name,
    purpose,
    ...(fault === null ? { state: "ok", found: `at ${places} points` } : { state: "fault", found: fault }),
  };
}
