import {
  type Architecture,
  type ErrorData,
  type LoopNest,
  LoopnestError,
  levelWords,
  type Machine,
} from "@loopnest/mapspace";
import type { NestState } from "../state/nest-state.js";
import { breaks, forEachLimit, type LimitCode, type MeshPart, usedWords } from "./limits.js";

/**
 * Checks that a machine can run a nest, in Timeloop's order (see `forEachLimit`). Needs `walkExtents` before.
 *
 * @throws LoopnestError with the first reason as its code, and level, tensor or dimension, needed and available.
 */
export function checkFeasible(state: NestState, nest: LoopNest, machine: Machine, architecture: Architecture): void {
  forEachLimit(state, nest, machine, (code, index, needed, available, part) => {
    if (!breaks(code, needed, available)) return;
    throw new LoopnestError(rejection(state, nest, architecture, { code, index, needed, available, part }));
  });
}

/**
 * Checks that the tiles of every level fit.
 *
 * @throws LoopnestError `capacity` for the first that does not, innermost first.
 */
export function checkCapacity(state: NestState, nest: LoopNest, machine: Machine, architecture: Architecture): void {
  for (let index = nest.levelCount - 1; index >= 0; index--) {
    const needed = usedWords(state, nest, index);
    const available = machine.capacityWords[index]!;
    if (!breaks("capacity", needed, available)) continue;
    throw new LoopnestError(
      rejection(state, nest, architecture, { code: "capacity", index, needed, available, part: null }),
    );
  }
}

/**
 * Every limit that a nest breaks, in Timeloop's order; none if the machine can run it. Of fan-out only what the loops
 * of a level add to those outside, and not the instances where columns or rows say it. Needs `walkExtents` before.
 */
export function rejections(
  state: NestState,
  nest: LoopNest,
  machine: Machine,
  architecture: Architecture,
): ErrorData[] {
  const found: BrokenLimit[] = [];
  forEachLimit(state, nest, machine, (code, index, needed, available, part) => {
    if (!breaks(code, needed, available)) return;
    if (code === "fanout" && !unrollsAt(nest, index)) return;
    found.push({ code, index, needed, available, part });
  });
  return found
    .filter(
      ({ part, index }) =>
        part !== "instances" ||
        !found.some((other) => other.index === index && other.part !== null && other.part !== part),
    )
    .map((limit) => rejection(state, nest, architecture, limit));
}

interface BrokenLimit {
  readonly code: LimitCode;
  readonly index: number;
  readonly needed: number;
  readonly available: number;
  readonly part: MeshPart | null;
}

function rejection(state: NestState, nest: LoopNest, architecture: Architecture, limit: BrokenLimit): ErrorData {
  const { code, index, needed, available, part } = limit;
  const amounts = { code, needed, available };
  const { problem, dims } = state.shape;
  switch (code) {
    case "no-fanout": {
      const level = architecture.levels[index]!.name;
      return {
        ...amounts,
        path: `mapping[${index}].spatial`,
        problem: `${level} has one ${innerName(architecture, index)} per instance, but the mapping unrolls ${needed}`,
        fix: "move the spatial loops to a level with fan-out",
        level,
      };
    }
    case "factors": {
      const dim = dims[index]!;
      return {
        ...amounts,
        path: `problem.dims.${dim}`,
        problem: `the factors of ${dim} multiply to ${available}, its bound is ${needed}`,
        fix: `choose factors of ${dim} over all levels that multiply to ${needed}`,
        dim,
      };
    }
    case "unkept": {
      const tensor = problem.tensors[index]!.name;
      return {
        ...amounts,
        path: "mapping",
        problem: `no level keeps ${tensor}`,
        fix: `let a level keep ${tensor}`,
        tensor,
      };
    }
    case "fanout": {
      const level = innerName(architecture, index);
      return {
        ...amounts,
        path: `mapping[${index}].spatial`,
        problem: `the mapping unrolls over ${needed} ${part} of ${level}, there are ${available}`,
        fix: `unroll at most ${available} down to ${level}`,
        level,
      };
    }
    case "capacity": {
      const level = architecture.levels[index]!.name;
      const kept = problem.tensors.filter((_, t) => (nest.keeps[index]! >> t) & 1);
      const tileOf = (name: string) => {
        const t = problem.tensors.findIndex((tensor) => tensor.name === name);
        return levelWords(state.widths, t, index, state.tileWords[t * state.levelCount + index]!);
      };
      const largest = kept.reduce((a, b) => (tileOf(b.name) > tileOf(a.name) ? b : a));
      return {
        ...amounts,
        path: `mapping[${index}]`,
        problem: `the tiles at ${level} take ${needed} words, ${available} are there`,
        fix:
          `make the tile of ${kept.map((tensor) => tensor.name).join(" or ")} smaller by ${needed - available} ` +
          "words",
        level,
        tensor: largest.name,
      };
    }
  }
}

function unrollsAt(nest: LoopNest, l: number): boolean {
  return nest.factor.subarray(nest.start[l]!, nest.startTemporal[l]!).some((factor) => factor > 1);
}

function innerName(architecture: Architecture, l: number): string {
  return architecture.levels[l + 1]?.name ?? "compute";
}
