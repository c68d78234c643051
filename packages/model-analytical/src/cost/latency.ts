import type { LoopNest, Machine, Rounding, Traffic } from "@loopnest/mapspace";

/** The port of a level that limits it: none, read, write, or the shared one. */
export type Port = 0 | 1 | 2 | 3;
/** The level limits nothing. */
export const NO_PORT = 0;
/** Words that it gives. */
export const READ_PORT = 1;
/** Words that it takes. */
export const WRITE_PORT = 2;
/** Both together, where they share a port. */
export const SHARED_PORT = 3;

const demand = { read: 0, write: 0 };

/** Words per cycle that one instance of level l must deliver and take for the MACs never to wait, summed in tensor order. */
function demandOf(state: Traffic, nest: LoopNest, l: number): typeof demand {
  const { levelCount, reads, updates, fills, computeCycles } = state;
  demand.read = 0;
  demand.write = 0;
  for (let t = 0, kept = nest.keeps[l]!; kept !== 0; t++, kept >>= 1) {
    if ((kept & 1) === 0) continue;
    const cell = t * levelCount + l;
    demand.read += reads[cell]! / computeCycles;
    demand.write += (fills[cell]! + updates[cell]!) / computeCycles;
  }
  return demand;
}

/**
 * Cycles of level l: compute cycles, stretched by the port whose demand exceeds its bandwidth most (R10).
 *
 * Exact cycles repeat Timeloop's arithmetic in IEEE doubles, operation by operation: exact arithmetic would sometimes give
 * one cycle less.
 */
export function levelCycles(state: Traffic, nest: LoopNest, machine: Machine, l: number, rounding: Rounding): number {
  const { computeCycles } = state;
  const bandwidthRead = machine.bandwidthRead[l]!;
  const bandwidthWrite = machine.bandwidthWrite[l]!;
  const bandwidthShared = machine.bandwidthShared[l]!;
  const unlimited = Number.POSITIVE_INFINITY;
  if (bandwidthShared === unlimited && bandwidthRead === unlimited && bandwidthWrite === unlimited)
    return computeCycles;
  const { read, write } = demandOf(state, nest, l);
  let slowdown = 1;
  if (bandwidthRead < read) slowdown = Math.min(slowdown, bandwidthRead / read);
  if (bandwidthWrite < write) slowdown = Math.min(slowdown, bandwidthWrite / write);
  if (bandwidthShared < write + read) slowdown = Math.min(slowdown, bandwidthShared / (write + read));
  const cycles = computeCycles / slowdown;
  return rounding === "exact" ? Math.ceil(cycles) : cycles;
}

/** Port that limits level l. */
export function limitingPort(state: Traffic, nest: LoopNest, machine: Machine, l: number): Port {
  const { read, write } = demandOf(state, nest, l);
  const stretch = [
    1,
    read / machine.bandwidthRead[l]!,
    write / machine.bandwidthWrite[l]!,
    (read + write) / machine.bandwidthShared[l]!,
  ];
  let port: Port = NO_PORT;
  for (const candidate of [READ_PORT, WRITE_PORT, SHARED_PORT] as const) {
    if (stretch[candidate]! > stretch[port]!) port = candidate;
  }
  return port;
}

/** Latency in cycles: the slowest of compute and all levels. There is no pipeline fill. */
export function latencyCycles(state: Traffic, nest: LoopNest, machine: Machine, rounding: Rounding): number {
  let cycles = state.computeCycles;
  for (let l = 0; l < state.levelCount; l++) {
    const own = levelCycles(state, nest, machine, l, rounding);
    if (own > cycles) cycles = own;
  }
  return cycles;
}
