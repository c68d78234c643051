import type { Recorder } from "../../run/recorder.js";
import type { SearchHooks } from "../../search/task.js";
import { type MappingPool, makeMappingPool } from "../enumerate/mapping-pool.js";
import { makeHardwareSpace, type Ranges, type SizeRange } from "../space/hardware-space.js";
import { makeBoundQueue } from "./bound-queue.js";
import { cutBelow } from "./hardware-proof.js";
import { foundBy, gather, handedOver, lookOut } from "./layer-parts.js";
import { proveArrays } from "./prove-arrays.js";
import { type Question, questionWithin } from "./question.js";

interface BoxOptions {
  readonly seed: number;
  readonly gap?: number;
  readonly mostArrays?: number;
}

/** Arrays whose sizes are in some ranges. */
interface ArrayBox {
  readonly ranges: Ranges;
  readonly question: Question;
}

/**
 * Proves the optimum over more arrays than can be gone through together: their sizes' ranges are halved, a box at a
 * time, always the one of least bound. What layers cost at least in a box bounds it, as it bounds the whole: every
 * design of the box pays no less, for prices, ports and fan-outs are the best that any of its arrays has. A box of few
 * enough arrays is gone through. The least bound of all boxes that are left bounds everything.
 *
 * @param floor What bounds the whole.
 * @param record Has the best design so far.
 */
export async function proveBoxes(
  whole: Question,
  options: BoxOptions,
  floor: number,
  record: Recorder,
  { signal, hold }: SearchHooks,
): Promise<void> {
  const { network } = whole;
  // Bounds of a box are no bounds of the whole: they are not reported.
  const hooks: SearchHooks = { ...(signal && { signal }), ...(hold && { hold }) };
  const queue = makeBoundQueue<ArrayBox>();
  const cut = () => cutBelow(record.best?.value ?? null, options.gap ?? 0);
  queue.push(floor, { ranges: new Map(), question: whole });
  while (queue.least < cut()) {
    record.prove(queue.least);
    record.spend(0);
    const bound = queue.least;
    const box = queue.pop()!;
    const halves = box.question.tooLarge ? halved(box) : [];
    const left = halves.length === 0 ? await goThrough(box.question) : await boundHalves(halves, bound);
    if (!left) {
      record.prove(Math.min(bound, queue.least));
      return;
    }
  }
  const value = record.best?.value ?? Number.POSITIVE_INFINITY;
  record.prove(value / (1 + (options.gap ?? 0)));

  /** Bounds boxes and puts them back; false if it was stopped. */
  async function boundHalves(halves: readonly Ranges[], before: number): Promise<boolean> {
    for (const ranges of halves) {
      const space = makeHardwareSpace(network.task.model.target, network.fixed, ranges);
      const question = questionWithin(whole, space, options.mostArrays);
      const own = question.floor();
      for (let i = 0; i < network.layers.length && own.value < cut(); i++) {
        const found = handedOver(await lookOut(question, options, i, hooks));
        if (found?.kind !== "outlook") return false;
        own.refine(i, found.corners);
      }
      const bound = Math.max(before, own.value);
      if (bound < cut()) queue.push(bound, { ranges, question });
    }
    return true;
  }

  /** Finds whatever is better in a box than what is known; false if it was stopped. */
  async function goThrough(question: Question): Promise<boolean> {
    const { space, groups } = question;
    const outlooks = [];
    for (let i = 0; i < network.layers.length; i++) {
      const result = await lookOut(question, options, i, hooks);
      if (handedOver(result) === undefined) return false;
      outlooks.push(result);
    }
    const found = { ...foundBy(question, outlooks), value: record.best?.value ?? null };
    const pools: MappingPool[][] = groups.map(() => []);
    for (let i = 0; i < network.layers.length; i++) {
      const own = handedOver(await gather(question, options, found, i, hooks));
      if (own?.kind !== "mappings") return false;
      groups.forEach((arrays, g) => {
        pools[g]![i] = makeMappingPool(space, network.task, network.layers[i]!, arrays, own.groups[g]!);
      });
    }
    return proveArrays(question, options, pools, record, hold, queue.least);
  }
}

/** The two halves of the longest range; none if there is one array only. */
function halved({ ranges, question: { space } }: ArrayBox): Ranges[] {
  const { memories } = space;
  const ratio = ({ values }: SizeRange) => values.at(-1)! / values[0]!;
  const splittable = space.ranges.filter(
    ({ index, values }) => values.length > 1 && !memories.some((m) => m.index === index),
  );
  const longest = splittable.sort((a, b) => ratio(b) - ratio(a))[0];
  if (longest === undefined) return [];
  const { from, to } = ranges.get(longest.index) ?? { from: 0, to: longest.values.length };
  const middle = (from + to) >> 1;
  return [
    new Map([...ranges, [longest.index, { from: middle, to }]]),
    new Map([...ranges, [longest.index, { from, to: middle }]]),
  ];
}
