import { makeLayerBudget } from "../../run/layer-budget.js";
import { makePace } from "../../run/pace.js";
import { makeRecorder } from "../../run/recorder.js";
import type { SearchOptions } from "../../search/method.js";
import type { SearchHooks, SearchResult } from "../../search/task.js";
import type { Corners } from "../bounds/floor-bound.js";
import { isWithin } from "../bounds/layer-reach.js";
import { multipliers } from "../bounds/multipliers.js";
import { type GatheredMappings, gatherMappings } from "../enumerate/gather-mappings.js";
import { splitsWithin } from "../enumerate/layer-splits.js";
import { cutBelow } from "./hardware-proof.js";
import { layerOutlook } from "./layer-outlook.js";
import type { Question } from "./question.js";

/** The name of the method, which its parts bear. */
export const EXACT = "exact";

/** What is known of all layers before their mappings are gathered: plain data. */
export interface FoundSoFar {
  readonly corners: readonly Corners[];
  /** Value of the best design. */
  readonly value: number | null;
}

/** What of a search's options its parts need. */
type PartOptions = Pick<SearchOptions, "seed"> & { readonly gap?: number };

/** What the part of a layer hands over: its outlook in the first round, its mappings in the second. */
export type HandedOver =
  | { readonly kind: "outlook"; readonly layer: number; readonly corners: Corners }
  | { readonly kind: "mappings"; readonly layer: number; readonly groups: readonly GatheredMappings[] };

/** Finds what a layer costs at least. */
export async function lookOut(
  question: Question,
  options: PartOptions,
  i: number,
  hooks: SearchHooks,
): Promise<SearchResult> {
  const { network, space, goal, least } = question;
  const layer = network.layers[i]!;
  const floor = question.floor();
  const { record, pulse } = layerRecord(question, hooks);
  record.prove(floor.value);
  const result = () => record.result(EXACT, options.seed);
  const all = splitsWithin(layer, (level, axis) => least.fanOut[axis][level]!);
  const weights = multipliers(goal, floor.energyPj, floor.latencyCycles);
  const corners = await layerOutlook(
    { space, task: network.task, layer, all, least },
    weights,
    floor.corners[i]!,
    pulse,
  );
  if (corners === null) return result();
  floor.refine(i, corners);
  record.prove(floor.value);
  const found: HandedOver = { kind: "outlook", layer: i, corners };
  return { ...result(), handedOver: found };
}

/** Goes through the mappings of a layer that may be part of a design better than what is found. */
export async function gather(
  question: Question,
  options: PartOptions,
  { corners, value }: FoundSoFar,
  i: number,
  hooks: SearchHooks,
): Promise<SearchResult> {
  const { network, space, groups, least } = question;
  const layer = network.layers[i]!;
  const floor = question.floor();
  corners.forEach((own, one) => {
    floor.refine(one, own);
  });
  const { record, pulse } = layerRecord(question, hooks);
  record.prove(floor.value);
  const reach = floor.within(cutBelow(value, options.gap ?? 0))?.[i];
  const wanted = (latency: number, energy: number) =>
    reach !== undefined && isWithin(reach, layer.count * latency, layer.count * energy);
  const gathered: GatheredMappings[] = [];
  for (const arrays of groups) {
    const own = await gatherMappings(space, network.task, layer, arrays, least, wanted, pulse);
    if (own === null) return record.result(EXACT, options.seed);
    gathered.push(own);
  }
  const found: HandedOver = { kind: "mappings", layer: i, groups: gathered };
  return { ...record.result(EXACT, options.seed), handedOver: found };
}

/** Keeps the account of a part about one layer. */
function layerRecord({ network }: Question, hooks: SearchHooks) {
  const record = makeRecorder(null, hooks);
  const budget = makeLayerBudget(record, Number.POSITIVE_INFINITY, network.layers.length);
  const pace = makePace(hooks.hold);
  const pulse = (evaluations: number) => {
    budget.spend(evaluations);
    return pace.breathe()?.then(() => !record.done) ?? !record.done;
  };
  return { record, pulse };
}

export function handedOver({ handedOver }: SearchResult): HandedOver | undefined {
  return handedOver as HandedOver | undefined;
}

export function foundBy(question: Question, parts: readonly SearchResult[]): FoundSoFar {
  const floor = question.floor();
  let value: number | null = null;
  for (const part of parts) {
    if (part.best !== null) value = Math.min(value ?? part.best.value, part.best.value);
    const found = handedOver(part);
    if (found?.kind === "outlook") floor.refine(found.layer, found.corners);
  }
  return { corners: floor.corners, value };
}
