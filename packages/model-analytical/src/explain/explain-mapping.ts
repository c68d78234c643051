import { type Architecture, type Counts, defaultCounts, type Mapping, type Problem } from "@loopnest/mapspace";
import { type Evaluation, evaluate } from "../evaluate/evaluate.js";
import { type BoundaryTraffic, boundaryTraffic } from "./boundary-traffic.js";
import { type LevelUse, levelUses } from "./level-use.js";
import { type Refetch, refetches } from "./refetches.js";
import { type Resource, resources } from "./resources.js";

/** Why a mapping costs what it costs. */
export interface MappingExplanation {
  readonly evaluation: Evaluation;
  /** Outermost first. */
  readonly levels: readonly LevelUse[];
  readonly boundaries: readonly BoundaryTraffic[];
  /** Tensors that are fetched from their outermost level more than once, and why. */
  readonly refetches: readonly Refetch[];
  /** The busiest first: that one sets the latency, the next one is what it falls to if the first is widened enough. */
  readonly resources: readonly Resource[];
  /**
   * MACs per cycle over MAC units: the share of units that have work, times the share of cycles in which they have it.
   */
  readonly utilization: { readonly total: number; readonly spatial: number; readonly temporal: number };
}

/**
 * Explains a mapping that fits.
 *
 * @param held Tensors that other layers make or read under shared loops: see `evaluate`.
 * @throws LoopnestError as `evaluate`; for a mapping that does not fit, see `explainRejection`.
 */
export function explainMapping(
  problem: Problem,
  architecture: Architecture,
  mapping: Mapping,
  counts: Counts = defaultCounts,
  held: readonly string[] = [],
): MappingExplanation {
  const evaluation = evaluate(problem, architecture, mapping, counts, held);
  const { computeCycles, cycles, macs, utilization } = evaluation;
  return {
    evaluation,
    levels: levelUses(problem, architecture, mapping),
    boundaries: boundaryTraffic(problem, architecture, mapping, evaluation),
    refetches: refetches(problem, architecture, mapping, evaluation, { counts, held }),
    resources: resources(architecture, evaluation),
    utilization: {
      total: utilization,
      spatial: macs / computeCycles / architecture.compute.instances,
      temporal: computeCycles / cycles,
    },
  };
}
