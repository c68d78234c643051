import { type Edge, emptyMachine, type Problem } from "@loopnest/mapspace";
import { analyticalModel, priceTarget } from "@loopnest/model-analytical";
import { expect } from "vitest";
import { makeHeldLayer } from "../src/exact/fusion/held-layer.js";
import { makeSegment, segmentOptimum } from "../src/exact/fusion/segment-optimum.js";
import { BUFFER, choices, everySegment, heldOf, type Walked, walk } from "./every-segment.js";
import { oneBuffer, steepTable } from "./small-targets.js";

/** A chain of layers on a machine with one buffer. */
export interface Cascade {
  /** Of the buffer. */
  readonly words: number;
  readonly edges: readonly Edge[];
  readonly problems: readonly Problem[];
  /** Names of the shared dimensions, layer by layer. */
  readonly shared: readonly (readonly string[])[];
}

/**
 * Expects the search to find the best that plain enumeration finds, counted with explicit buffers, for several weights
 * of energy and time.
 */
export async function checkSegment({ words, edges, problems, shared }: Cascade): Promise<void> {
  const model = analyticalModel(oneBuffer, { table: steepTable });
  const architecture = priceTarget(oneBuffer, steepTable).architecture({ words });
  const machine = emptyMachine(oneBuffer.levels.length);
  model.machine(Float64Array.of(words), "exact", machine);
  const groups = everySegment(oneBuffer, architecture, edges, problems, shared);
  const segment = makeSegment(machine, edges, problems, BUFFER, (problem, tensors) =>
    makeHeldLayer(model, machine, problem, BUFFER, tensors),
  );
  for (const [energy, latency] of [
    [1, 0],
    [0, 1],
    [1, 30],
    [1, 300],
  ] as const) {
    let best = Number.POSITIVE_INFINITY;
    const value = (one: Walked) => energy * one.energyPj + latency * one.latencyCycles;
    const total = (list: readonly number[]) => list.reduce((all, one) => all + one, 0);
    for (const { whileRunning, fronts } of groups) {
      for (const chosen of choices(fronts)) {
        const above = total(chosen.map((one) => one.above));
        if (chosen.some(({ below }, k) => below + above + whileRunning[k]! > words)) continue;
        best = Math.min(best, total(chosen.map(value)));
      }
    }
    const weights = { energy, latency };
    const found = await segmentOptimum(segment, weights, Number.POSITIVE_INFINITY);
    if (found === null || found === "stopped") {
      expect(best).toBe(Number.POSITIVE_INFINITY);
      continue;
    }
    expect(energy * found.energyPj + latency * found.latencyCycles).toBeCloseTo(best, 6);
    expect(segment.least(weights)).toBeLessThanOrEqual(best * (1 + 1e-12));
    // And what is said of it is what the walk counts.
    const walked = found.mappings.map((mapping, k) => walk(problems[k]!, architecture, mapping, heldOf(edges, k)));
    expect(total(walked.map(({ energyPj }) => energyPj))).toBeCloseTo(found.energyPj, 6);
    expect(total(walked.map(({ latencyCycles }) => latencyCycles))).toBe(found.latencyCycles);
    expect(walked.map(({ below }) => below)).toEqual(found.words.running);
    expect(total(walked.map(({ above }) => above))).toBe(found.words.above);
    expect(Math.max(...found.words.occupied)).toBeLessThanOrEqual(words);
  }
}
