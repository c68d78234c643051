import {
  compileTarget,
  divisors,
  emptyNeeds,
  type Hardware,
  hardwareSizes,
  LoopnestError,
  loopOrders,
  type Mapspace,
  makeMinimalHardware,
  makeNestPoint,
  type Needs,
  type NestPoint,
  reorder,
} from "@loopnest/mapspace";
import { atSolution } from "./linear-program.js";
import { mappingProgram } from "./mapping-program.js";
import { solveProgram } from "./solve-program.js";

/** How far from the program's optimum its solution may be; the objective is a proxy anyway. */
const GAP = 1e-3;

/**
 * The mapping that CoSA's program chooses for a layer.
 *
 * @param available What the hardware offers.
 * @returns `null` if none fits.
 */
export async function cosaMapping(space: Mapspace, available: Needs, gap = GAP): Promise<NestPoint | null> {
  // A program without variables is one that HiGHS does not take.
  if (space.slots.length === 0) return makeNestPoint(space);
  if (space.slots.some(({ limits }) => limits !== undefined)) {
    throw new LoopnestError({
      code: "unsupported",
      path: "target.levels",
      problem: `CoSA's program does not hold the limits that ${space.target.name} has on factors`,
      fix: "use another method",
    });
  }
  const { program, objective, takes, stays } = mappingProgram(mostDivisible(space), available);
  const solution = await solveProgram(program.text(objective), gap);
  if (solution === null) return null;
  const point = makeNestPoint(space);
  takes.forEach((taken, slot) => {
    point.nest.factor[point.loopOf[slot]!] = taken.reduce(
      (factor, { prime, times }) => factor * prime ** Math.round(atSolution(times, solution.values)),
      1,
    );
  });
  for (const [level, tensors] of stays) {
    const staying = tensors.findIndex((one) => Math.round(atSolution(one, solution.values)) === 1);
    reorder(point, level, orderKeeping(space, level, staying));
  }
  return point;
}

/**
 * The mapspace with every dimension at the bound of most divisors, of those it may be padded to: a program has one set
 * of primes.
 */
function mostDivisible(space: Mapspace): Mapspace {
  const ways = (bound: number) => divisors(bound).length;
  const bounds = space.bounds.map((own) => own.reduce((best, bound) => (ways(bound) > ways(best) ? bound : best)));
  return { ...space, shape: { ...space.shape, bounds: Float64Array.from(bounds) } };
}

/**
 * The mapping that CoSA's program chooses for a layer on given hardware, as a start for another search.
 *
 * @param hardware Sizes by name; those left out take the target's default.
 * @throws LoopnestError `input` for a size the target does not have or out of range; `infeasible` if no mapping fits.
 */
export async function cosaStart(space: Mapspace, hardware: Hardware): Promise<NestPoint> {
  const { target, problem } = space;
  const offers = makeMinimalHardware(compileTarget(target)).offers(
    hardwareSizes(target, hardware),
    emptyNeeds(target.levels.length),
  );
  const point = await cosaMapping(space, offers);
  if (point !== null) return point;
  throw new LoopnestError({
    code: "infeasible",
    path: "hardware",
    problem: `no mapping of ${problem.name} fits ${target.name} with these sizes`,
    fix: "give larger ones",
  });
}

/** Of the loop orders that matter, the one with the most loops innermost that leave the tensor in place. */
function orderKeeping(space: Mapspace, level: number, tensor: number): readonly number[] {
  const { shape, slots } = space;
  const inPlace = (order: readonly number[]) => {
    const moving = order.findIndex((slot) => (shape.relevant[tensor]! >> slots[slot]!.dim) & 1);
    return moving < 0 ? order.length : moving;
  };
  return loopOrders(space, level).reduce((best, order) => (inPlace(order) > inPlace(best) ? order : best));
}
