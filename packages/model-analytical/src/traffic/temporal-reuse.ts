import type { LoopNest } from "@loopnest/mapspace";
import type { NestState } from "../state/nest-state.js";
import { rankExtent, tileVolume } from "../state/tile.js";

/**
 * Words that one child below level `l` fetches of tensor `t` over the whole run, from the temporal loops around it
 * (R4).
 *
 * Take every non-unit temporal loop of level l and outside, innermost first, with factor n_j; one step of loop j moves
 * the child tile by s_j (0 if t does not depend on its dimension) and, as the loops inside start again, by the
 * translation T_j = s_j - (sum of s_i over the loops i inside). Let z be the innermost loop; as counted today
 * (`timeloop-2025`), the innermost one with T_z != 0, for a step that does not move the tile fetches nothing and leaves
 * no trace. A step whose translation equals T_z reuses what it shares with its predecessor and fetches S words; today
 * one with T_j = 0 fetches none; any other fetches the whole tile, F words:
 *
 *     F = tile volume,  S = F - product over ranks of max(0, extent - |T_z|)
 *     words = F * (V - reused - returned) + S * reused,  V = product of n_j from z outwards
 *     reused = sum over j >= z with T_j = T_z of (n_j - 1) * W_j,  W_j = product of n_i for i > j
 *     returned = sum over j > z with T_j = 0 of (n_j - 1) * W_j, today; 0 in 2022
 *
 * Since (n_j - 1) * W_j = W_{j-1} - W_j, the contiguous loops from z on that reuse contribute V - runs, where `runs` is
 * the product of the loops outside them. In 2022 an irrelevant loop z makes S = 0, and this is the familiar rule that
 * the tensor stays put under the innermost irrelevant loops, but its halo is lost; today it survives.
 *
 * A physical buffer would also reuse an overlap after a carry, and along a window loop that is not innermost; Timeloop
 * does not (it compares the stride of a step with the last one only), and this follows it. A MAC unit has no reuse
 * (R3): there the record is that of 2022, for hand-over.
 *
 * Between integers this is the same expression. It jumps where a factor reaches 1 and its loop drops out of the order,
 * and has a kink where T_z reaches the tile's extent.
 */
export function temporalReuse(state: NestState, nest: LoopNest, t: number, l: number): number {
  const { shape, levelCount, extent, tileRow, inside, visits, tileWords, reuse, loopCapacity } = state;
  const { dimCount, relevant, windowed, rankOf, coefficientOf } = shape;
  const { startTemporal, end, dim, factor } = nest;
  const cell = t * levelCount + l;
  const row = tileRow[l + 1]!;
  const all = visits[l]!;
  const restsFree = state.counts === "timeloop-2025" && l + 1 < levelCount;
  let first = -1;
  let firstStep = 0;
  let steps = 1;
  /** The one rank in which the tile has moved so far, -1 if it has not, and how far. */
  let movedRank = -1;
  let moved = 0;
  /** Product of the loops inside the current one. */
  let inner = 1;
  let contiguous = true;
  let runs = 1;
  let endOfRun = dim.length;
  let reusedOutside = 0;
  let coincidences = 0;
  let returned = 0;
  let returns = 0;

  scan: for (let level = l; level >= 0; level--) {
    for (let i = startTemporal[level]!; i < end[level]!; i++) {
      const n = factor[i]!;
      if (n === 1) continue;
      const d = dim[i]!;
      const moves = ((relevant[t]! >> d) & 1) === 1;
      if (first < 0) {
        if (!moves && restsFree) {
          inner *= n;
          continue;
        }
        first = i;
        steps = iterationsFrom(state, nest, level, i, all / inner);
      }
      let reused = moved === 0;
      let decided = false;
      if (moves) {
        const rank = rankOf[t * dimCount + d]!;
        const step = coefficientOf[t * dimCount + d]! * inside[i]!;
        if (first === i) firstStep = step;
        // Without a window consecutive tiles share nothing (S = F); moved in two ranks, no T_j can equal T_z or 0.
        decided = ((windowed[t]! >> d) & 1) === 0 || (movedRank >= 0 && rank !== movedRank);
        reused = !decided && step - moved === firstStep;
        if (!decided && firstStep !== 0 && step === moved) {
          reuse.returning[cell * loopCapacity + returns++] = i;
          if (restsFree) returned += iterationsOf(state, nest, level, i, all, inner);
        }
        movedRank = rank;
        moved += step;
      }
      if (contiguous && !reused) {
        contiguous = false;
        runs = iterationsFrom(state, nest, level, i, all / inner);
        endOfRun = i;
      } else if (!contiguous && reused) {
        reusedOutside += iterationsOf(state, nest, level, i, all, inner);
        reuse.coincident[cell * loopCapacity + coincidences++] = i;
      }
      if (decided) break scan;
      inner *= n;
    }
  }
  const childKeeps = l + 1 < levelCount && ((nest.keeps[l + 1]! >> t) & 1) === 1;
  const wholeWords = childKeeps ? tileWords[cell + 1]! : tileVolume(shape, t, extent, row);
  let stepWords = 0;
  if (firstStep !== 0) {
    const width = rankExtent(shape, rankOf[t * dimCount + dim[first]!]!, extent, row);
    stepWords = firstStep < width ? (wholeWords / width) * firstStep : wholeWords;
  }
  reuse.first[cell] = first;
  reuse.steps[cell] = steps;
  reuse.stepsFrom[cell] = restsFree && first >= 0 ? first : startTemporal[l]!;
  reuse.end[cell] = endOfRun;
  reuse.runs[cell] = runs;
  reuse.wholeWords[cell] = wholeWords;
  reuse.stepWords[cell] = stepWords;
  reuse.coincidentCount[cell] = coincidences;
  reuse.returningCount[cell] = returns;
  return wholeWords * (runs - reusedOutside - returned) + stepWords * (steps - runs + reusedOutside);
}

/** Steps of loop i by itself, (n_i - 1) * W_i, where `inner` iterations of all lie inside it. */
function iterationsOf(state: NestState, nest: LoopNest, level: number, i: number, all: number, inner: number): number {
  const from = iterationsFrom(state, nest, level, i, all / inner);
  return from - iterationsFrom(state, nest, level, i + 1, all / (inner * nest.factor[i]!));
}

/**
 * Iterations of the temporal loops from loop `i` of a level outwards, all together.
 *
 * @param quotient The same as all iterations over those inside `i`: exact unless there are more than 2^53 of them.
 */
export function iterationsFrom(state: NestState, nest: LoopNest, level: number, i: number, quotient: number): number {
  if (quotient > Number.MAX_SAFE_INTEGER || state.computeCycles <= Number.MAX_SAFE_INTEGER) return quotient;
  let product = level === 0 ? 1 : state.visits[level - 1]!;
  for (let j = i; j < nest.end[level]!; j++) product *= nest.factor[j]!;
  return product;
}
