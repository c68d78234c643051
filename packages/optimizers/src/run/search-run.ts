import { makeNestPoint, type NestPoint, type Random, seededRandom } from "@loopnest/mapspace";
import { type EvaluationBuffers, makeBuffers, makeNetwork, type Network } from "../network/network.js";
import { sizesThatRun } from "../network/smallest-hardware.js";
import type { SearchHooks, SearchTask } from "../search/task.js";
import { type LayerBudget, makeLayerBudget } from "./layer-budget.js";
import { makePace, type Pace } from "./pace.js";
import { makePlacedNetwork, type PlacedNetwork } from "./placed-network.js";
import { makeRecorder, type Recorder } from "./recorder.js";

/** What one part of a search works with. */
export interface SearchRun {
  readonly network: Network;
  readonly record: Recorder;
  readonly budget: LayerBudget;
  readonly placed: PlacedNetwork;
  readonly random: Random;
  readonly pace: Pace;
  readonly buffers: EvaluationBuffers;
}

/** What a part of a search may spend, and the stream of its randomness. */
export interface Share {
  readonly seed: number;
  /** Which part of the search it is: a number, or a path of them. */
  readonly part: number | readonly number[];
  /** Samples that the part may spend; they need not be whole. */
  readonly samples: number;
}

/** Prepares a task for one part of a search. */
export function startRun(task: SearchTask, { seed, part, samples }: Share, hooks: SearchHooks): SearchRun {
  const prepared = makeNetwork(task);
  // Where no hardware holds any mapping there is nothing to evaluate: methods that draw until something fits would not
  // end.
  const useful = sizesThatRun(prepared) === null ? 0 : samples;
  const record = makeRecorder(useful, hooks);
  const budget = makeLayerBudget(record, useful, prepared.layers.length);
  return {
    network: prepared,
    record,
    budget,
    placed: makePlacedNetwork(prepared, budget),
    random: seededRandom(seed, ...[part].flat()),
    pace: makePace(hooks.hold),
    buffers: makeBuffers(prepared),
  };
}

/** A point for every layer, to be filled in. */
export function emptyPoints({ network }: SearchRun): NestPoint[] {
  return network.layers.map(({ model }) => makeNestPoint(model.space));
}

/** Samples of each of so many parts, the first ones taking what does not divide. */
export function shareOf(samples: number, part: number, parts: number): number {
  return Math.floor(samples / parts) + (part < samples % parts ? 1 : 0);
}
