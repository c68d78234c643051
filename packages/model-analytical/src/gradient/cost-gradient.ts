import { bandwidthOf, NO_PORT, READ_PORT, WRITE_PORT } from "@loopnest/mapspace";
import { chargedInstances, leakPj, tensorEnergyPj, totalLeakPj, vectorAccesses } from "../cost/energy.js";
import { latencyCycles, levelCycles, levelPort } from "../cost/latency.js";
import type { BackwardPass } from "./adjoints.js";

/**
 * From energy to counts, instances and the machine: with `energy = accesses / blockSize * energyPerVectorAccess *
 * instances`, every access costs the same wherever it comes from.
 *
 * @param seed Derivative of the objective with respect to energy.
 */
export function energyGradient(
  { traffic: state, nest, machine, adjoint, toMachine }: BackwardPass,
  seed: number,
): void {
  const { levelCount, usedInstances, computeCycles } = state;
  const macs = computeCycles * usedInstances[levelCount]!;
  const compute = seed * macs * machine.macEnergyPj[0]!;
  toMachine.macEnergyPj[0]! += seed * macs;
  adjoint.logUsedInstances[levelCount]! += compute;
  adjoint.logVisitsFrom[0]! += compute;
  for (let l = 0; l < levelCount; l++) {
    const perAccess = machine.energyPerVectorAccessPj[l]!;
    const { readWeight, updateWeight, fillWeight } = machine.parts[l]!;
    const instances = chargedInstances(state, machine, l);
    const weight = (seed * perAccess * instances) / machine.blockSize[l]!;
    for (let t = 0, kept = nest.keeps[l]!; kept !== 0; t++, kept >>= 1) {
      if ((kept & 1) === 0) continue;
      const cell = t * levelCount + l;
      const energy = seed * tensorEnergyPj(state, machine, t, l, "smooth");
      adjoint.reads[cell]! += weight * readWeight;
      adjoint.updates[cell]! += weight * updateWeight;
      adjoint.fills[cell]! += weight * fillWeight;
      if (instances === usedInstances[l]!) adjoint.logUsedInstances[l]! += energy;
      else toMachine.instances[l]! += energy / machine.instances[l]!;
      const accesses = vectorAccesses(state, cell, machine.blockSize[l]!, machine.parts[l]!, "smooth") * instances;
      toMachine.energyPerVectorAccessPj[l]! += seed * accesses;
      toMachine.blockSize[l]! -= energy / machine.blockSize[l]!;
    }
  }
}

/**
 * From static energy, `sum over levels of leak * instances * latency`, to instances.
 *
 * @param seed Derivative of the objective with respect to energy.
 * @returns Its derivative with respect to latency, by way of static energy.
 */
export function leakGradient({ traffic: state, nest, machine, adjoint }: BackwardPass, seed: number): number {
  if (machine.parts.every(({ leakPjPerCycle }) => leakPjPerCycle === 0)) return 0;
  const cycles = latencyCycles(state, nest, machine, "smooth");
  for (let l = 0; l < state.levelCount; l++) adjoint.logUsedInstances[l]! += seed * leakPj(state, machine, l, cycles);
  return seed * totalLeakPj(state, machine, 1);
}

/**
 * From latency to counts and the machine, along the slowest resource alone: compute, or one port of one level. Where
 * two are equally slow (a kink) the first of compute, then levels from the outermost, is taken.
 *
 * @param seed Derivative of the objective with respect to latency.
 */
export function latencyGradient(
  { traffic: state, nest, machine, adjoint, toMachine }: BackwardPass,
  seed: number,
): void {
  const cycles = latencyCycles(state, nest, machine, "smooth");
  if (cycles === state.computeCycles) {
    adjoint.logVisitsFrom[0]! += seed * cycles;
    return;
  }
  let slowest = 0;
  // None is if the machine has an entry that is not a number.
  while (slowest < state.levelCount && levelCycles(state, nest, machine, slowest, "smooth") !== cycles) slowest++;
  const port = levelPort(state, nest, machine, slowest);
  if (port === NO_PORT) return;
  const field = bandwidthOf[port];
  const bandwidth = machine[field][slowest]!;
  toMachine[field][slowest]! -= (seed * cycles) / bandwidth;
  for (let t = 0, kept = nest.keeps[slowest]!; kept !== 0; t++, kept >>= 1) {
    if ((kept & 1) === 0) continue;
    const cell = t * state.levelCount + slowest;
    if (port !== WRITE_PORT) adjoint.reads[cell]! += seed / bandwidth;
    if (port !== READ_PORT) {
      adjoint.updates[cell]! += seed / bandwidth;
      adjoint.fills[cell]! += seed / bandwidth;
    }
  }
}
