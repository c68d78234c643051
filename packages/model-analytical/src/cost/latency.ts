import {
  bandwidthOf,
  type LoopNest,
  limitingPort,
  type Machine,
  NO_PORT,
  type Port,
  portWords,
  type Rounding,
  type Traffic,
} from "@loopnest/mapspace";

/** Words per cycle that one instance of level l must deliver for the MACs never to wait, summed in tensor order. */
function readDemand({ levelCount, reads, computeCycles }: Traffic, nest: LoopNest, l: number): number {
  let words = 0;
  for (let t = 0, kept = nest.keeps[l]!; kept !== 0; t++, kept >>= 1) {
    if (kept & 1) words += reads[t * levelCount + l]! / computeCycles;
  }
  return words;
}

/** The same for words that it must take. */
function writeDemand({ levelCount, updates, fills, computeCycles }: Traffic, nest: LoopNest, l: number): number {
  let words = 0;
  for (let t = 0, kept = nest.keeps[l]!; kept !== 0; t++, kept >>= 1) {
    const cell = t * levelCount + l;
    if (kept & 1) words += (fills[cell]! + updates[cell]!) / computeCycles;
  }
  return words;
}

/**
 * Cycles of level l: compute cycles, stretched by the port whose demand exceeds its bandwidth most (R10).
 *
 * Exact cycles repeat Timeloop's arithmetic in IEEE doubles, operation by operation: exact arithmetic would sometimes
 * give one cycle less.
 */
export function levelCycles(state: Traffic, nest: LoopNest, machine: Machine, l: number, rounding: Rounding): number {
  const { computeCycles } = state;
  const unlimited = Number.POSITIVE_INFINITY;
  if (
    machine.bandwidthShared[l] === unlimited &&
    machine.bandwidthRead[l] === unlimited &&
    machine.bandwidthWrite[l] === unlimited
  ) {
    return computeCycles;
  }
  const read = readDemand(state, nest, l);
  const write = writeDemand(state, nest, l);
  const port = limitingPort(machine, l, read, write);
  if (port === NO_PORT) return computeCycles;
  const cycles = computeCycles / (machine[bandwidthOf[port]][l]! / portWords(port, read, write));
  return rounding === "exact" ? Math.ceil(cycles) : cycles;
}

/** Port that limits level l. */
export function levelPort(state: Traffic, nest: LoopNest, machine: Machine, l: number): Port {
  return limitingPort(machine, l, readDemand(state, nest, l), writeDemand(state, nest, l));
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
