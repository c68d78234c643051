import { type NestPoint, nestPoint, type Random, random } from "@loopnest/mapspace";
import { type LayerBudget, layerBudget } from "./layer-budget.js";
import { type EvaluationBuffers, evaluationBuffers, type Network, network } from "./network.js";
import { type Pace, pace } from "./pace.js";
import { type PlacedNetwork, placedNetwork } from "./placed-network.js";
import { type Recorder, recorder } from "./recorder.js";
import type { SearchHooks, SearchTask } from "./task.js";

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

/** @param samples Samples that the part may spend. */
export function searchRun(
  task: SearchTask,
  seed: number,
  part: number,
  samples: number,
  hooks: SearchHooks,
): SearchRun {
  const prepared = network(task);
  const record = recorder(samples, hooks);
  const budget = layerBudget(record, samples, prepared.layers.length);
  return {
    network: prepared,
    record,
    budget,
    placed: placedNetwork(prepared, budget),
    random: random(seed, part),
    pace: pace(),
    buffers: evaluationBuffers(prepared),
  };
}

/** A point for every layer, to be filled in. */
export function emptyPoints({ network }: SearchRun): NestPoint[] {
  return network.layers.map(({ model }) => nestPoint(model.space));
}

/** Samples of each of so many parts, the first ones taking what does not divide. */
export function shareOf(samples: number, part: number, parts: number): number {
  return Math.floor(samples / parts) + (part < samples % parts ? 1 : 0);
}
