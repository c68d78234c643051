import { LoopnestError } from "@loopnest/mapspace";
import type { Subrun } from "../../operation/operation.js";
import type { Rule } from "../../operation/rule.js";
import { integersOf, isKnown, newValue, type Value } from "../../values/value.js";

/** The branch that is taken; if the data decides, the one with more multiply-accumulates (of equals, with more words). */
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

/** The body as often as it runs; once, and said so, if the data decides how often. */
export const Loop: Rule = (operation) => {
  const body = operation.graph("body");
  const most = operation.optional(0)?.data?.[0] ?? null;
  // A loop that a condition ends is given the largest whole number there is.
  const trips = most !== null && most < 2 ** 31 ? most : null;
  const carried = operation.inputs.slice(2);
  const ran = operation.surroundings.runGraph(body, [integersOf([null], []), operation.optional(1), ...carried]);
  ran.keep(trips ?? 1);
  const outputs = ran.outputs.slice(1).map((value, i): Value => {
    if (i < carried.length) return value;
    return stacked(value, trips, operation.dataDependent(i, 0));
  });
  const grown = carried.some((value, i) => {
    const [before, after] = [value?.shape, ran.outputs[i + 1]?.shape];
    return isKnown(before ?? null) && isKnown(after ?? null) && JSON.stringify(before) !== JSON.stringify(after);
  });
  const reasons = [
    ...(trips === null ? ["the data decides how often it runs: counted once"] : []),
    ...(grown ? ["its state changes its shape: every run is counted as the first one"] : []),
  ];
  return { kind: "inner", outputs, ...(reasons.length > 0 && { reason: reasons.join("; ") }) };
};

/** One run of the body for each element along the first axis of the inputs that are scanned. */
export const Scan: Rule = (operation) => {
  const body = operation.graph("body");
  const scanned = operation.int("num_scan_inputs", 1);
  const states = operation.inputs.length - scanned;
  const axes = operation.ints("scan_input_axes") ?? [];
  let trips: number | null = null;
  const inputs = operation.inputs.map((input, i) => {
    if (i < states || input === null) return input;
    const axis = operation.axis(axes[i - states] ?? 0, input.shape!.length);
    trips = input.shape![axis] ?? trips;
    return newValue({
      shape: input.shape!.filter((_, k) => k !== axis),
      isInteger: input.isInteger,
      unknown: input.unknown,
    });
  });
  const ran = operation.surroundings.runGraph(body, inputs);
  ran.keep(trips ?? 1);
  const outputs = ran.outputs.map((value, i) =>
    i < states ? value : stacked(value, trips, operation.dataDependent(i, 0)),
  );
  return {
    kind: "inner",
    outputs,
    ...(trips === null && { reason: "the data decides how often it runs: counted once" }),
  };
};

/** The values of all runs, one after the other. */
function stacked(value: Value, trips: number | null, given: number | null): Value {
  const { shape, isInteger, unknown } = value;
  const fix = "give the size of its first axis";
  const reason = unknown ?? { problem: "the data decides how often a loop runs", fix };
  const count = trips ?? given;
  return newValue({
    shape: shape === null ? null : [count, ...shape],
    isInteger,
    unknown: count === null ? reason : unknown,
  });
}
