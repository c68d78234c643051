import { type Architecture, type LoopNest, LoopnestError, type Machine } from "@loopnest/mapspace";
import type { NestState } from "./nest-state.js";

/**
 * Checks that a machine can run a nest, in Timeloop's order (R11): spatial loops only where there is fan-out; factors that
 * multiply to the bounds; every tensor kept somewhere; spatial loops within columns, rows and instances; tiles within
 * capacities. The fan-out check is cumulative only: a level may exceed its own fan-out if outer levels leave room.
 *
 * Needs `walkExtents` before.
 *
 * @throws LoopnestError with the first reason as its code, and level, tensor or dimension, needed and available.
 */
export function checkFeasible(state: NestState, nest: LoopNest, machine: Machine, architecture: Architecture): void {
  checkSpatialLevels(nest, machine, architecture);
  checkFactors(state);
  checkKept(state, nest);
  checkFanOut(nest, machine, architecture);
  checkCapacity(state, nest, machine, architecture);
}

function checkSpatialLevels(nest: LoopNest, machine: Machine, architecture: Architecture): void {
  for (let l = 0; l < nest.levelCount; l++) {
    let needed = 1;
    for (let i = nest.start[l]!; i < nest.startTemporal[l]!; i++) needed *= nest.factor[i]!;
    if (needed === 1 || machine.instances[l + 1] !== machine.instances[l]) continue;
    const level = architecture.levels[l]!.name;
    throw new LoopnestError({
      code: "no-fanout",
      path: `mapping[${l}].spatial`,
      problem: `${level} has one ${innerName(architecture, l)} per instance, but the mapping unrolls ${needed}`,
      fix: "move the spatial loops to a level with fan-out",
      level,
      needed,
      available: 1,
    });
  }
}

function checkFactors(state: NestState): void {
  const { dims, bounds } = state.shape;
  for (let d = 0; d < dims.length; d++) {
    const needed = bounds[d]!;
    const available = state.extent[state.tileRow[0]! + d]!;
    if (needed === available) continue;
    throw new LoopnestError({
      code: "factors",
      path: `problem.dims.${dims[d]}`,
      problem: `the factors of ${dims[d]} multiply to ${available}, its bound is ${needed}`,
      fix: `choose factors of ${dims[d]} over all levels that multiply to ${needed}`,
      dim: dims[d]!,
      needed,
      available,
    });
  }
}

function checkKept(state: NestState, nest: LoopNest): void {
  state.shape.problem.tensors.forEach((tensor, t) => {
    if (nest.keeps.some((bits) => (bits >> t) & 1)) return;
    throw new LoopnestError({
      code: "unkept",
      path: "mapping",
      problem: `no level keeps ${tensor.name}`,
      fix: `let a level keep ${tensor.name}`,
      tensor: tensor.name,
      needed: 1,
      available: 0,
    });
  });
}

/** Innermost first, as Timeloop does: at the MAC units all spatial loops are together. */
function checkFanOut(nest: LoopNest, machine: Machine, architecture: Architecture): void {
  for (let l = nest.levelCount - 1; l >= 0; l--) {
    const x = spatialProduct(nest, l, nest.start, nest.startY);
    const y = spatialProduct(nest, l, nest.startY, nest.startTemporal);
    const columns = machine.meshX[l + 1]!;
    const instances = machine.instances[l + 1]!;
    const checks = [
      ["instances", x * y, instances],
      ["columns", x, columns],
      ["rows", y, instances / columns],
    ] as const;
    for (const [what, needed, available] of checks) {
      if (needed <= available) continue;
      const level = innerName(architecture, l);
      throw new LoopnestError({
        code: "fanout",
        path: `mapping[${l}].spatial`,
        problem: `the mapping unrolls over ${needed} ${what} of ${level}, there are ${available}`,
        fix: `unroll at most ${available} down to ${level}`,
        level,
        needed,
        available,
      });
    }
  }
}

/** Product of one kind of spatial loops over level l and all outside it. */
function spatialProduct(nest: LoopNest, l: number, from: Int32Array, to: Int32Array): number {
  let product = 1;
  for (let outer = 0; outer <= l; outer++) {
    for (let i = from[outer]!; i < to[outer]!; i++) product *= nest.factor[i]!;
  }
  return product;
}

function checkCapacity(state: NestState, nest: LoopNest, machine: Machine, architecture: Architecture): void {
  for (let l = nest.levelCount - 1; l >= 0; l--) {
    const needed = usedWords(state, nest, l);
    const available = machine.capacityWords[l]!;
    if (needed <= available) continue;
    const level = architecture.levels[l]!.name;
    const kept = state.shape.problem.tensors.filter((_, t) => (nest.keeps[l]! >> t) & 1);
    const largest = kept.reduce((a, b) => (tileOf(state, l, b.name) > tileOf(state, l, a.name) ? b : a));
    throw new LoopnestError({
      code: "capacity",
      path: `mapping[${l}]`,
      problem: `the tiles at ${level} take ${needed} words, ${available} are there`,
      fix: `make the tile of ${kept.map((tensor) => tensor.name).join(" or ")} smaller by ${needed - available} words`,
      level,
      tensor: largest.name,
      needed,
      available,
    });
  }
}

/** Words that the tiles kept at level l take. */
export function usedWords(state: NestState, nest: LoopNest, l: number): number {
  let words = 0;
  for (let t = 0, kept = nest.keeps[l]!; kept !== 0; t++, kept >>= 1) {
    if (kept & 1) words += state.tileWords[t * state.levelCount + l]!;
  }
  return words;
}

function tileOf(state: NestState, l: number, name: string): number {
  const t = state.shape.problem.tensors.findIndex((tensor) => tensor.name === name);
  return state.tileWords[t * state.levelCount + l]!;
}

function innerName(architecture: Architecture, l: number): string {
  return architecture.levels[l + 1]?.name ?? "compute";
}
