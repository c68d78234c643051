import { LoopnestError } from "@loopnest/mapspace";
import type { Operation, Subrun } from "../../operation/operation.js";
import type { Outcome } from "../../operation/outcome.js";
import type { Rule } from "../../operation/rule.js";
import { integersOf, isKnown, type Size, sequenceOf, type Value } from "../../values/value.js";
import { stacked } from "../kinds/stacked.js";

/**
 * The branch that is taken; if the data decides, the one with more multiply-accumulates (of equals, with more words).
 */
export const If: Rule = (operation) => {
  const condition = operation.input(0).data?.[0] ?? null;
  const run = (name: string) => operation.surroundings.runGraph(operation.graph(name));
  if (condition !== null) {
    const taken = run(condition !== 0 ? "then_branch" : "else_branch");
    taken.keep();
    return { kind: "inner", outputs: taken.outputs };
  }
  const [yes, no] = [attempt(() => run("then_branch")), attempt(() => run("else_branch"))];
  const isYes = no instanceof LoopnestError || (!(yes instanceof LoopnestError) && doesMore(yes, no));
  const taken = isYes ? yes : no;
  if (taken instanceof LoopnestError) throw taken;
  taken.keep();
  const reason = `the data decides: counted as the ${isYes ? "then" : "else"} branch, the one that does more`;
  return { kind: "inner", outputs: taken.outputs, reason };
};

/** A branch that does not fit the sizes is not the one that is taken. */
function attempt(run: () => Subrun): Subrun | LoopnestError {
  try {
    return run();
  } catch (error) {
    if (error instanceof LoopnestError) return error;
    throw error;
  }
}

function doesMore(a: Subrun, b: Subrun): boolean {
  return a.macs > b.macs || (a.macs === b.macs && a.words >= b.words);
}

/**
 * The body as often as it runs; once, and said so, if the data decides how often and nobody gives the size of what all
 * runs make together. Its last outputs are those of all runs, one after the other.
 */
export const Loop: Rule = (operation) => {
  const body = operation.graph("body");
  const most = operation.optional(0)?.data?.[0] ?? null;
  const carried = operation.inputs.slice(2);
  const ran = operation.surroundings.runGraph(body, [integersOf([null], []), operation.optional(1), ...carried]);
  // A loop that a condition ends is given the largest whole number there is.
  const known = most !== null && most < 2 ** 31 ? Math.max(0, most) : null;
  const trips = known ?? givenTrips(operation, carried.length);
  ran.keep(trips ?? 1);
  const outputs = ran.outputs.slice(1).map((value, i): Value => {
    return i < carried.length ? grown(carried[i] ?? null, value, trips) : stacked(value, trips, 0);
  });
  const changes = carried.some((value, i) => {
    const [before, after] = [value?.shape ?? null, ran.outputs[i + 1]?.shape ?? null];
    return isKnown(before) && isKnown(after) && JSON.stringify(before) !== JSON.stringify(after);
  });
  return inner(outputs, [
    ...(trips === null ? ["the data decides how often it runs: counted once"] : []),
    ...(changes ? ["its state changes its shape: every run is counted as the first one"] : []),
  ]);
};

/** How often a loop runs, if the caller gives the size of what all runs make together. */
function givenTrips(operation: Operation, states: number): Size {
  return operation.shared(operation.node.outputs.slice(states).map((_, i) => [states + i, 0] as const));
}

/** A state after all runs: a sequence grows by as many values with each of them. */
function grown(before: Value | null, after: Value, trips: Size): Value {
  if (!before?.items || after.items === null || trips === null) return after;
  if (trips === 0) return before;
  const added = after.items.slice(before.items.length);
  const most = 100_000;
  if (added.length * trips > most) return after;
  return sequenceOf([...before.items, ...Array.from({ length: trips }, () => added).flat()]);
}

function inner(outputs: readonly Value[], reasons: readonly string[]): Outcome {
  return { kind: "inner", outputs, ...(reasons.length > 0 && { reason: reasons.join("; ") }) };
}
