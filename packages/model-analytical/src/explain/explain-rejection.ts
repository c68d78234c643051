import {
  type Architecture,
  type Counts,
  defaultCounts,
  type ErrorData,
  flatten,
  type Mapping,
  type Mapspace,
  machineOf,
  type Problem,
  problemShape,
  tensorWidths,
} from "@loopnest/mapspace";
import { rejections } from "../limits/feasibility.js";
import { walkExtents } from "../state/extents.js";
import { nestState } from "../state/nest-state.js";
import { type LevelUse, levelUses } from "./level-use.js";
import { type NearestMapping, nearestMapping } from "./nearest-mapping.js";

/** Why a mapping does not fit, and what would. */
export interface RejectionExplanation {
  /** Everything that does not fit, in the order in which it is checked: what, where, needed and available. */
  readonly reasons: readonly ErrorData[];
  /** Outermost first. */
  readonly levels: readonly LevelUse[];
  /** `null` if nothing that fits was found. */
  readonly nearest: NearestMapping | null;
}

/**
 * Explains a mapping that does not fit; `null` if it does.
 *
 * @param space The mapspace of a target with the architecture's levels: the nearest mapping is then one of it.
 * @throws LoopnestError `input` or `unsupported` if problem, architecture or mapping is malformed.
 */
export function explainRejection(
  problem: Problem,
  architecture: Architecture,
  mapping: Mapping,
  space: Mapspace | null = null,
  counts: Counts = defaultCounts,
): RejectionExplanation | null {
  const shape = problemShape(problem);
  const nest = flatten(shape, architecture, mapping);
  const state = nestState(shape, nest, counts, tensorWidths(problem, architecture.levels));
  walkExtents(state, nest);
  const reasons = rejections(state, nest, machineOf(architecture), architecture);
  if (reasons.length === 0) return null;
  return {
    reasons,
    levels: levelUses(problem, architecture, mapping),
    nearest: nearestMapping(problem, architecture, mapping, space, counts),
  };
}
