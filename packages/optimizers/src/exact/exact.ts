import { LoopnestError } from "@loopnest/mapspace";
import { makeLayerBudget } from "../run/layer-budget.js";
import { makePace } from "../run/pace.js";
import { makeRecorder, type Recorder } from "../run/recorder.js";
import { checkOptions } from "../search/check-search.js";
import type { SearchMethod, SearchOptions } from "../search/method.js";
import type { SearchHooks, SearchResult } from "../search/task.js";
import type { Corners } from "./bounds/floor-bound.js";
import { isWithin } from "./bounds/layer-reach.js";
import { multipliers } from "./bounds/multipliers.js";
import { type GatheredMappings, gatherMappings } from "./enumerate/gather-mappings.js";
import { layerOutlook } from "./enumerate/layer-outlook.js";
import { accountOf, splitsWithin } from "./enumerate/layer-splits.js";
import { type MappingPool, makeMappingPool } from "./enumerate/mapping-pool.js";
import { firstDesign } from "./proof/first-design.js";
import { cutBelow, makeHardwareProof } from "./proof/hardware-proof.js";
import { makeQuestion, type Question } from "./question.js";
import { exactUneven } from "./uneven/exact-uneven.js";

/** Options of `exact`. */
export interface ExactOptions extends SearchOptions {
  /**
   * How far above the optimum of the task's space the answer may stay, as a fraction of it; 0 (nothing but rounding)
   * unless given.
   */
  readonly gap?: number;
  /**
   * Samples of the descent that gives a first design, so that a search stopped early has a good one;
   * 3,000 unless given, 0 for none.
   */
  readonly firstSamples?: number;
  /**
   * Whether tensors of one level may be placed apart; `even` unless given. `uneven` needs given hardware, and takes no
   * other option.
   */
  readonly placement?: "even" | "uneven";
  /** What the parts of the first round have found, for those of the second. Nobody else gives it. @internal */
  readonly found?: FoundSoFar;
}

/** What is known of all layers before their mappings are gathered: plain data. */
export interface FoundSoFar {
  readonly corners: readonly Corners[];
  /** Value of the best design. */
  readonly value: number | null;
}

const DEFAULT_FIRST_SAMPLES = 3000;

/** What the part of a layer hands over: its outlook in the first round, its mappings in the second. */
type HandedOver =
  | { readonly kind: "outlook"; readonly layer: number; readonly corners: Corners }
  | { readonly kind: "mappings"; readonly layer: number; readonly groups: readonly GatheredMappings[] };

/**
 * The certified optimum: the best design of the target's space, with a lower bound that proves it. The argument stands
 * in docs/exact-search.md. Seed and samples are not used. Its parts are, in a first round, a first design and what
 * every layer costs at least; in a second one, the mappings of every layer that a better design may have; the proof
 * follows from them. Stopped early, it returns the best design and the bound so far; with too many arrays to go
 * through, a design of the descent and what is known of the layers, and the gap between the two.
 *
 * `parts`, `run` and `finish` throw LoopnestError `unsupported` if the model does not say what costs are made of, or a
 * memory gets cheaper as it grows.
 */
export const exact: SearchMethod<ExactOptions> = {
  name: "exact",
  finishesStopped: true,
  handsOver: true,
  parts(task, options) {
    if (options.placement === "uneven") return exactUneven.parts(task, options);
    checkExactOptions(options);
    makeQuestion(task);
    return task.workload.layers.length + (options.found === undefined ? 1 : 0);
  },
  async run(task, options, part, hooks) {
    if (options.placement === "uneven") return exactUneven.run(task, options, part, hooks);
    checkExactOptions(options);
    const question = makeQuestion(task);
    if (options.found !== undefined) return gather(question, options, options.found, part, hooks);
    return part === 0 ? findFirst(question, options, hooks) : lookOut(question, options, part - 1, hooks);
  },
  nextRound(task, options, parts) {
    if (options.placement === "uneven" || options.found !== undefined) return null;
    const question = makeQuestion(task);
    return question.tooLarge ? null : { ...options, found: foundBy(question, parts) };
  },
  async finish(task, options, parts, hooks) {
    if (options.placement === "uneven") return exactUneven.finish!(task, options, parts, hooks);
    return conclude(makeQuestion(task), options, parts, hooks);
  },
  async goOn(task, options, design, parts, hooks) {
    const first: SearchResult = {
      ...{ method: exact.name, seed: options.seed, best: design, samples: 0, seconds: 0 },
      ...{ convergence: [], stopped: false },
    };
    if (options.placement === "uneven") {
      const handed = parts.filter(({ handedOver }) => handedOver !== undefined);
      return exactUneven.finish!(task, options, [first, ...handed], hooks);
    }
    // What layers cost at least depends on no objective and no limit; which mappings may matter does.
    const question = makeQuestion(task);
    const known = [first, ...parts.filter((part) => handedOver(part)?.kind === "outlook")];
    const gathered: SearchResult[] = [];
    if (!question.tooLarge) {
      const found = foundBy(question, known);
      for (let layer = 0; layer < question.network.layers.length && hooks.signal?.aborted !== true; layer++)
        gathered.push(await gather(question, options, found, layer, hooks));
    }
    return conclude(question, options, [...known, ...gathered], hooks);
  },
};

/** A good design to begin with. */
async function findFirst(question: Question, options: ExactOptions, hooks: SearchHooks): Promise<SearchResult> {
  const record = makeRecorder(null, hooks);
  record.prove(question.floor().value);
  record.offer(await firstDesign(question.network, options.firstSamples ?? DEFAULT_FIRST_SAMPLES, record.within()));
  return record.result(exact.name, options.seed);
}

/** Finds what a layer costs at least. */
async function lookOut(
  question: Question,
  options: ExactOptions,
  i: number,
  hooks: SearchHooks,
): Promise<SearchResult> {
  const { network, space, goal, least } = question;
  const layer = network.layers[i]!;
  const floor = question.floor();
  const { record, pulse } = layerRecord(question, hooks);
  record.prove(floor.value);
  const result = () => record.result(exact.name, options.seed);
  // Where neighbours hand tiles over, counts depend on the array, and what is the least of all of them is not known.
  if (accountOf(network.task, layer).meshDependent) return result();
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
async function gather(
  question: Question,
  options: ExactOptions,
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
    if (own === null) return record.result(exact.name, options.seed);
    gathered.push(own);
  }
  const found: HandedOver = { kind: "mappings", layer: i, groups: gathered };
  return { ...record.result(exact.name, options.seed), handedOver: found };
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

/** What follows from the parts, all of them or those there are. */
async function conclude(
  question: Question,
  options: ExactOptions,
  parts: readonly SearchResult[],
  hooks: SearchHooks,
): Promise<SearchResult> {
  const { network, space, groups } = question;
  const { task } = network;
  const floor = question.floor();
  const record = makeRecorder(null, hooks);
  const pools: MappingPool[][] = groups.map(() => []);
  for (const part of parts) {
    record.offer(part.best);
    const found = handedOver(part);
    if (found?.kind === "outlook") floor.refine(found.layer, found.corners);
    if (found?.kind !== "mappings") continue;
    groups.forEach((arrays, g) => {
      pools[g]![found.layer] = makeMappingPool(space, task, network.layers[found.layer]!, arrays, found.groups[g]!);
    });
  }
  record.prove(floor.value);
  const complete =
    !question.tooLarge && pools.every((own) => network.layers.every((_, layer) => own[layer] !== undefined));
  if (complete && !record.done) await prove(question, options, pools, record, hooks.hold);
  return record.result(exact.name, options.seed);
}

function handedOver({ handedOver }: SearchResult): HandedOver | undefined {
  return handedOver as HandedOver | undefined;
}

function foundBy(question: Question, parts: readonly SearchResult[]): FoundSoFar {
  const floor = question.floor();
  let value: number | null = null;
  for (const part of parts) {
    if (part.best !== null) value = Math.min(value ?? part.best.value, part.best.value);
    const found = handedOver(part);
    if (found?.kind === "outlook") floor.refine(found.layer, found.corners);
  }
  return { corners: floor.corners, value };
}

/** Branch and bound over all hardware, from the mappings of every group and layer, until it is done or stopped. */
async function prove(
  { network, space, groups, goal }: Question,
  options: ExactOptions,
  pools: readonly (readonly MappingPool[])[],
  record: Recorder,
  hold: SearchHooks["hold"],
): Promise<void> {
  const proof = makeHardwareProof(space, network, goal, options.gap ?? 0, record.best, record.offer);
  const pace = makePace(hold);
  for (const [g, arrays] of groups.entries()) {
    proof.add(arrays, pools[g]!);
    record.spend(0);
    await pace.breathe();
    if (record.done) return;
  }
  while (proof.step()) {
    record.prove(proof.lowerBound);
    record.spend(0);
    await pace.breathe();
    if (record.done) return;
  }
  record.prove(proof.lowerBound);
}

function checkExactOptions(options: ExactOptions): void {
  checkOptions(options);
  for (const name of ["gap", "firstSamples"] as const) {
    const got = options[name];
    if (got === undefined || (Number.isFinite(got) && got >= 0)) continue;
    throw new LoopnestError({
      code: "input",
      path: name,
      problem: `${name} is ${got}`,
      fix: "give a number that is not negative",
      got,
    });
  }
}
