import {
  type Architecture,
  type Counts,
  fanOut,
  flatten,
  type Mapping,
  type Problem,
  problemShape,
  type Tensor,
} from "@loopnest/mapspace";
import { boundary, tileWords } from "./boundary.js";
import { ownedWords } from "./owned-words.js";
import { physicalCounts } from "./physical-counts.js";
import type { LevelsOfTensor, StepCounts, StepTensorCounts } from "./step-counts.js";
import { checkStepLimit } from "./step-limit.js";
import { type StepLoop, stepLoops } from "./step-loop.js";
import { timeloopCounts } from "./timeloop-counts.js";
import type { Mesh } from "./timeloop-traffic.js";

/**
 * - a version of Timeloop: what it counts, artefacts included, found by walking iterations 0 and 1 of every loop.
 *   Equals `evaluate`.
 * - `physical`: what a machine with one tile per buffer moves, found by walking every iteration: all overlap with the
 *   last tile is reused whatever the loop, a word that several children want in one step is read once, and nothing is
 *   taken from neighbours.
 */
export type StepMode = Counts | "physical";

/**
 * Counts the words that every kept tensor moves at every level by walking a small loop nest step by step: the check on
 * `evaluate`'s closed form, written independently of it.
 *
 * Loops are walked as they stand; whether the mapping is feasible is `evaluate`'s business.
 *
 * @param maxSteps Limit of steps (one child at one iteration) and of words in a tile, for every tensor and level by
 * itself.
 * @throws LoopnestError `unsupported` above the limit, or for a problem that the model does not cover; `input` for a
 * malformed problem or mapping.
 */
export function countBySteps(
  problem: Problem,
  architecture: Architecture,
  mapping: Mapping,
  mode: StepMode,
  maxSteps = 100_000,
): StepCounts {
  flatten(problemShape(problem), architecture, mapping);
  const loops = stepLoops(mapping);
  const names = architecture.levels.map((level) => level.name);
  const levels = names.map((): [tensor: string, StepTensorCounts][] => []);
  const handedOver: [tensor: string, words: number][] = [];
  for (const tensor of problem.tensors) {
    const walked = levelsOf(tensor, loops, mapping);
    const between = (parent: number, child: number) => {
      checkWalk(mode, tensor, loops, names, parent, child, maxSteps);
      return boundary(tensor, loops, parent, child, names.length);
    };
    let counts: StepTensorCounts[];
    let handed = 0;
    if (mode === "physical") {
      counts = physicalCounts(walked, between);
    } else {
      const found = timeloopCounts(walked, ownedWords(tensor, loops, names.length), mode, (l) => ({
        boundary: between(l, l + 1),
        mesh: meshBelow(architecture, loops, l),
      }));
      counts = found.counts;
      handed = found.handedOver;
    }
    handedOver.push([tensor.name, handed]);
    levels.forEach((tensors, l) => {
      if (walked.keeps[l]) tensors.push([tensor.name, counts[l]!]);
    });
  }
  // Entries, not assignments: the name `__proto__` would set something else.
  return {
    levels: Object.fromEntries(names.map((name, l) => [name, { tensors: Object.fromEntries(levels[l]!) }])),
    handedOver: Object.fromEntries(handedOver),
  };
}

function levelsOf(tensor: Tensor, loops: readonly StepLoop[], mapping: Mapping): LevelsOfTensor {
  const instances = Array.from({ length: mapping.length + 1 }, (_, l) =>
    loops.reduce((used, loop) => (loop.kind !== "temporal" && loop.level < l ? used * loop.factor : used), 1),
  );
  return {
    levelCount: mapping.length,
    isOutput: tensor.role === "output",
    keeps: mapping.map((level) => level.keeps.includes(tensor.name)),
    instances,
  };
}

/** Columns and rows below a level: the hardware's, or the mapping's where they exceed it. */
function meshBelow(architecture: Architecture, loops: readonly StepLoop[], level: number): Mesh {
  const physical = fanOut(architecture, level);
  const unrolled = (kind: "X" | "Y") =>
    loops.reduce((product, loop) => (loop.level === level && loop.kind === kind ? product * loop.factor : product), 1);
  return { columns: Math.max(physical.x, unrolled("X")), rows: Math.max(physical.y, unrolled("Y")) };
}

function checkWalk(
  mode: StepMode,
  tensor: Tensor,
  loops: readonly StepLoop[],
  names: readonly string[],
  parent: number,
  child: number,
  maxSteps: number,
): void {
  let steps = 1;
  for (const { level, kind, factor } of loops) {
    if (level >= child) continue;
    if (kind !== "temporal") steps *= level >= parent ? factor : 1;
    else steps *= mode === "physical" ? factor : 2;
  }
  checkStepLimit(names[parent]!, tensor.name, steps, maxSteps);
  const words = tileWords(
    tensor,
    loops.filter((loop) => loop.level >= child),
  );
  checkStepLimit(names[parent]!, tensor.name, words, maxSteps);
}
