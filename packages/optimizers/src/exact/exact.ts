import { LoopnestError } from "@loopnest/mapspace";
import { makeRecorder } from "../run/recorder.js";
import { checkOptions } from "../search/check-search.js";
import type { SearchMethod, SearchOptions } from "../search/method.js";
import type { SearchHooks, SearchResult } from "../search/task.js";
import { type MappingPool, makeMappingPool } from "./enumerate/mapping-pool.js";
import { proveBoxes } from "./proof/array-boxes.js";
import { firstDesign } from "./proof/first-design.js";
import { EXACT, type FoundSoFar, foundBy, gather, handedOver, lookOut } from "./proof/layer-parts.js";
import { proveArrays } from "./proof/prove-arrays.js";
import { makeQuestion, type Question } from "./proof/question.js";
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
   * Arrays (combinations of all sizes but memories) that are gone through together; 20,000 unless given. Where there
   * are more, the ranges of their sizes are halved until there are not: box by box, the least bound first.
   */
  readonly mostArrays?: number;
  /**
   * Whether tensors of one level may be placed apart; `even` unless given. `uneven` needs given hardware, and takes no
   * other option.
   */
  readonly placement?: "even" | "uneven";
  /** What the parts of the first round have found, for those of the second. Nobody else gives it. @internal */
  readonly found?: FoundSoFar;
}

const DEFAULT_FIRST_SAMPLES = 3000;

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
  name: EXACT,
  finishesStopped: true,
  handsOver: true,
  parts(task, options) {
    if (options.placement === "uneven") return exactUneven.parts(task, options);
    checkExactOptions(options);
    makeQuestion(task, options.mostArrays);
    return task.workload.layers.length + (options.found === undefined ? 1 : 0);
  },
  async run(task, options, part, hooks) {
    if (options.placement === "uneven") return exactUneven.run(task, options, part, hooks);
    checkExactOptions(options);
    const question = makeQuestion(task, options.mostArrays);
    if (options.found !== undefined) return gather(question, options, options.found, part, hooks);
    return part === 0 ? findFirst(question, options, hooks) : lookOut(question, options, part - 1, hooks);
  },
  nextRound(task, options, parts) {
    if (options.placement === "uneven" || options.found !== undefined) return null;
    const question = makeQuestion(task, options.mostArrays);
    return question.tooLarge ? null : { ...options, found: foundBy(question, parts) };
  },
  async finish(task, options, parts, hooks) {
    if (options.placement === "uneven") return exactUneven.finish!(task, options, parts, hooks);
    return conclude(makeQuestion(task, options.mostArrays), options, parts, hooks);
  },
  async goOn(task, options, design, parts, hooks) {
    const first: SearchResult = {
      ...{ method: EXACT, seed: options.seed, best: design, samples: 0, seconds: 0 },
      ...{ convergence: [], stopped: false },
    };
    if (options.placement === "uneven") {
      const handed = parts.filter(({ handedOver }) => handedOver !== undefined);
      return exactUneven.finish!(task, options, [first, ...handed], hooks);
    }
    // What layers cost at least depends on no objective and no limit; which mappings may matter does.
    const question = makeQuestion(task, options.mostArrays);
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
  return record.result(EXACT, options.seed);
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
  if (complete && !record.done) await proveArrays(question, options, pools, record, hooks.hold);
  else if (question.tooLarge && !record.done) await proveBoxes(question, options, floor.value, record, hooks);
  return record.result(EXACT, options.seed);
}

function checkExactOptions(options: ExactOptions): void {
  checkOptions(options);
  for (const name of ["gap", "firstSamples", "mostArrays"] as const) {
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
