import {
  type Architecture,
  type ErrorData,
  type Layer,
  LoopnestError,
  type Mapping,
  type Mapspace,
} from "@loopnest/mapspace";
import { type Evaluation, evaluate } from "@loopnest/model-analytical";
import { type NestNode, nodesOf } from "../nest/store-nodes.js";
import type { Studio } from "../state/studio.js";
import { architectureOf, modelOf } from "./machine.js";
import { startMapping } from "./start-mapping.js";

/** A layer on the machine, with its mapping and what that costs. */
export interface LayerView {
  readonly layer: Layer;
  readonly architecture: Architecture;
  readonly space: Mapspace;
  readonly mapping: Mapping;
  /** Its entries: the levels, one of them several times where tensors are kept apart. */
  readonly nodes: readonly NestNode[];
  readonly judged: Judged;
}

/** What a mapping costs, or why it does not run. */
export type Judged = { readonly evaluation: Evaluation } | { readonly fault: ErrorData };

/** The layer that is looked at. @throws LoopnestError if the target cannot run it at all. */
export function layerView(studio: Studio, index = studio.layer): LayerView {
  const { target } = studio;
  const { hardware } = studio.drawing;
  const layer = studio.network.workload.layers[index]!;
  const architecture = architectureOf(target, hardware);
  const mapping = mappingOf(studio, index);
  const { space } = modelOf(target).layer(layer.problem);
  const nodes = nodesOf(
    architecture.levels.map(({ name }) => name),
    mapping,
  );
  return { layer, architecture, space, mapping, nodes, judged: judge(layer, architecture, mapping) };
}

/**
 * The mapping of a layer: the one that was set, or one to begin with. @throws LoopnestError if the target cannot run
 * it.
 */
export function mappingOf({ drawing, target, network }: Studio, index: number): Mapping {
  const set = drawing.mappings[index];
  return set ?? startMapping(target, drawing.hardware, network.workload.layers[index]!);
}

/** Evaluates a mapping, as it is told: what does not fit is an answer, too. */
export function judge({ problem }: Layer, architecture: Architecture, mapping: Mapping): Judged {
  try {
    return { evaluation: evaluate(problem, architecture, mapping) };
  } catch (error) {
    if (error instanceof LoopnestError) return { fault: error.data };
    throw error;
  }
}

/** Energy in uJ times cycles; infinite for what does not run. */
export function edpOf(judged: Judged): number {
  if ("fault" in judged) return Number.POSITIVE_INFINITY;
  return (judged.evaluation.energyPj / 1e6) * judged.evaluation.cycles;
}
