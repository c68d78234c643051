import { LoopnestError } from "@loopnest/mapspace";
import { makeLayerBudget } from "../run/layer-budget.js";
import { makePace } from "../run/pace.js";
import { makeRecorder, type Recorder } from "../run/recorder.js";
import { checkOptions } from "../search/check-search.js";
import type { SearchMethod, SearchOptions } from "../search/method.js";
import type { SearchHooks, SearchResult, SearchTask } from "../search/task.js";
import { type FloorBound, makeFloorBound } from "./bounds/floor-bound.js";
import { type GatheredMappings, gatherMappings } from "./enumerate/gather-mappings.js";
import { type MappingPool, makeMappingPool } from "./enumerate/mapping-pool.js";
import { firstDesign } from "./proof/first-design.js";
import { makeHardwareProof } from "./proof/hardware-proof.js";
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
   * Nests that may be gone through, loop orders aside, all layers together; 5e7 unless given (about ten minutes). Where
   * there are more, the answer is a design with a bound that is far off.
   */
  readonly maxNests?: number;
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
}

const DEFAULT_MAX_NESTS = 5e7;
const DEFAULT_FIRST_SAMPLES = 3000;

/** What the part of a layer hands over: its mappings, for every group of arrays. */
interface LayerMappings {
  readonly layer: number;
  readonly groups: readonly GatheredMappings[];
}

/**
 * The certified optimum: the best design of the target's space, with a lower bound that proves it. The argument stands
 * in docs/exact-search.md. Seed and samples are not used. Its parts are a first design and the mappings of every layer;
 * the proof follows from them. Stopped early, it returns the best design and the bound so far; with too many mappings
 * or arrays to go through, a design of the descent and a bound from the layers' multiply-accumulates, and the gap
 * between the two.
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
    const { tooLarge } = questionOf(task, options);
    return tooLarge ? 1 : 1 + task.workload.layers.length;
  },
  async run(task, options, part, hooks) {
    if (options.placement === "uneven") return exactUneven.run(task, options, part, hooks);
    const question = questionOf(task, options);
    return part === 0 ? findFirst(question, options, hooks) : gather(question, options, part - 1, hooks);
  },
  async finish(task, options, parts, hooks) {
    if (options.placement === "uneven") return exactUneven.finish!(task, options, parts, hooks);
    const question = questionOf(task, options);
    const { network, space, groups } = question;
    const floor = floorOf(question);
    const record = makeRecorder(null, hooks);
    for (const { best } of parts) record.offer(best);
    const pools: MappingPool[][] = groups.map(() => []);
    for (const { handedOver } of parts) {
      if (handedOver === undefined) continue;
      const { layer, groups: gathered } = handedOver as LayerMappings;
      groups.forEach((arrays, g) => {
        pools[g]![layer] = makeMappingPool(space, task, network.layers[layer]!, arrays, gathered[g]!);
      });
      // Pools of one array say nothing of the others.
      if (groups.length === 1) floor.refine(layer, pools[0]![layer]!);
    }
    record.prove(floor.value);
    const complete =
      !question.tooLarge && pools.every((own) => network.layers.every((_, layer) => own[layer] !== undefined));
    if (complete && !record.done) await prove(question, options, pools, record, hooks.hold);
    return record.result(exact.name, options.seed);
  },
  // Which mappings are needless depends on no objective and no limit.
  goOn(task, options, design, parts, hooks) {
    const first: SearchResult = {
      ...{
        method: exact.name,
        seed: options.seed,
        best: design,
        samples: 0,
        seconds: 0,
        convergence: [],
        stopped: false,
      },
    };
    const gathered = parts.filter(({ handedOver }) => handedOver !== undefined);
    return exact.finish!(task, options, [first, ...gathered], hooks);
  },
};

/** A good design to begin with. */
async function findFirst(question: Question, options: ExactOptions, hooks: SearchHooks): Promise<SearchResult> {
  const record = makeRecorder(null, hooks);
  record.prove(floorOf(question).value);
  record.offer(await firstDesign(question.network, options.firstSamples ?? DEFAULT_FIRST_SAMPLES, record.within()));
  return record.result(exact.name, options.seed);
}

/** Goes through the mappings of a layer. */
async function gather(
  question: Question,
  options: ExactOptions,
  layer: number,
  hooks: SearchHooks,
): Promise<SearchResult> {
  const { network, space, groups } = question;
  const record = makeRecorder(null, hooks);
  record.prove(floorOf(question).value);
  const budget = makeLayerBudget(record, Number.POSITIVE_INFINITY, network.layers.length);
  const pace = makePace(hooks.hold);
  const pulse = (evaluations: number) => {
    budget.spend(evaluations);
    return pace.breathe()?.then(() => !record.done) ?? !record.done;
  };
  const gathered: GatheredMappings[] = [];
  for (const arrays of groups) {
    const own = await gatherMappings(space, network.task, network.layers[layer]!, arrays, pulse);
    if (own === null) return record.result(exact.name, options.seed);
    gathered.push(own);
  }
  const handedOver: LayerMappings = { layer, groups: gathered };
  return { ...record.result(exact.name, options.seed), handedOver };
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

function floorOf({ space, network, goal }: Question): FloorBound {
  return makeFloorBound(space, network, goal);
}

function questionOf(task: SearchTask, options: ExactOptions): Question {
  checkExactOptions(options);
  return makeQuestion(task, options.maxNests ?? DEFAULT_MAX_NESTS);
}

function checkExactOptions(options: ExactOptions): void {
  checkOptions(options);
  for (const name of ["gap", "maxNests", "firstSamples"] as const) {
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
