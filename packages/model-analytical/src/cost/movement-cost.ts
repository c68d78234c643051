import {
  bandwidthOf,
  type Cost,
  type CostSeed,
  type DataMovement,
  limitingPort,
  type Machine,
  NO_PORT,
  type Port,
  portWords,
  type Rounding,
} from "@loopnest/mapspace";

/**
 * What all of a network's data movement costs on a machine: accesses to DRAM (the outermost level) and the time they
 * take there.
 *
 *     energyPj      = sum of count * (rows read + rows written) * energyPerVectorAccessPj (as reads and updates)
 *                     + leakPjPerCycle of DRAM * instances * latencyCycles
 *     latencyCycles = sum of count * max(words / shared bandwidth, words read / read bandwidth,
 *                                        words written / write bandwidth)
 *
 * Exact: rows and cycles of each execution are whole. Smooth: they are not. The arithmetic of the operators is free;
 * all levels but DRAM are power-gated meanwhile, as instances that a layer does not use are.
 */
export function movementCost(movement: readonly DataMovement[], machine: Machine, rounding: Rounding): Cost {
  const whole = rounding === "exact" ? Math.ceil : (value: number) => value;
  const blockSize = machine.blockSize[0]!;
  const { readWeight, updateWeight } = machine.parts[0]!;
  const cost = { energyPj: 0, latencyCycles: 0 };
  for (const { count, wordsRead, wordsWritten } of movement) {
    const rows = whole(wordsRead / blockSize) * readWeight + whole(wordsWritten / blockSize) * updateWeight;
    const own = count * whole(cycles(machine, wordsRead, wordsWritten).value);
    cost.energyPj += count * rows * machine.energyPerVectorAccessPj[0]! + waitingPj(machine) * own;
    cost.latencyCycles += own;
  }
  return cost;
}

/**
 * Data movement in words of the outermost level, of so many bits: an element that says its own width takes a part of a
 * word, or several.
 */
export function movementWords(movement: readonly DataMovement[], wordBits: number): readonly DataMovement[] {
  if (movement.every(({ bits }) => bits === undefined)) return movement;
  return movement.map(({ bits = wordBits, wordsRead, wordsWritten, ...own }) => ({
    ...own,
    wordsRead: (wordsRead * bits) / wordBits,
    wordsWritten: (wordsWritten * bits) / wordBits,
  }));
}

/**
 * Adds the derivative of `energy * energyPj + latency * latencyCycles` (smooth) with respect to the machine's entries.
 */
export function movementGradient(
  movement: readonly DataMovement[],
  machine: Machine,
  { energy, latency }: Pick<CostSeed, "energy" | "latency">,
  toMachine: Machine,
): void {
  const blockSize = machine.blockSize[0]!;
  const price = machine.energyPerVectorAccessPj[0]!;
  const { readWeight, updateWeight } = machine.parts[0]!;
  for (const { count, wordsRead, wordsWritten } of movement) {
    const rows = (count * (wordsRead * readWeight + wordsWritten * updateWeight)) / blockSize;
    toMachine.energyPerVectorAccessPj[0]! += energy * rows;
    toMachine.blockSize[0]! -= (energy * rows * price) / blockSize;
    const { value, port } = cycles(machine, wordsRead, wordsWritten);
    if (port === NO_PORT) continue;
    const field = bandwidthOf[port];
    toMachine[field][0]! -= ((latency + energy * waitingPj(machine)) * count * value) / machine[field][0]!;
  }
}

/** What DRAM leaks in a cycle. */
function waitingPj({ parts, instances }: Machine): number {
  return parts[0]!.leakPjPerCycle * instances[0]!;
}

/** Cycles of one execution, and the port that sets them; no time at all where bandwidth is unlimited. */
function cycles(machine: Machine, wordsRead: number, wordsWritten: number): { value: number; port: Port } {
  const port = limitingPort(machine, 0, wordsRead, wordsWritten, Number.POSITIVE_INFINITY);
  if (port === NO_PORT) return { value: 0, port };
  const words = portWords(port, wordsRead, wordsWritten);
  return { value: words / machine[bandwidthOf[port]][0]! / machine.instances[0]!, port };
}
