import type { LoopStep, Path } from "../tree/path.js";
import type { TreeCase } from "../tree/tree.js";
import type { EinsumActions } from "./actions.js";

/** Energy in pJ and latency in cycles of one Einsum. */
export interface EinsumCost {
  readonly energy: number;
  readonly latency: number;
}

/**
 * The cost of one Einsum. Every component is a port that reads and writes in turn, all components work at the same
 * time:
 *
 *     latency = max(computes / units / throughput,
 *                   max over levels of sum of (reads / readBandwidth + writes / writeBandwidth) / instances)
 *     energy  = computes * energy + sum over levels of reads * readEnergy + writes * writeEnergy + leak * latency
 */
export function einsumCost({ architecture, cascade }: TreeCase, path: Path, counted: EinsumActions): EinsumCost {
  const { levels, compute } = architecture;
  let latency = counted.computes / instancesOf(path, levels.length) / compute.throughput;
  let energy = counted.computes * compute.energy;
  levels.forEach((level, l) => {
    let cycles = 0;
    for (const { level: own, tensor, reads, writes } of counted.actions) {
      if (own !== l) continue;
      const bits = cascade.bits.get(tensor) ?? 1;
      cycles += (bits * reads) / level.readBandwidth + (bits * writes) / level.writeBandwidth;
      energy += bits * (reads * level.readEnergy + writes * level.writeEnergy);
    }
    latency = Math.max(latency, cycles / instancesOf(path, l));
  });
  for (const { leak = 0 } of levels) energy += leak * latency;
  return { energy, latency };
}

/** Instances of a level that work: trips of the mesh loops in front of it and outside. */
function instancesOf({ steps }: Path, level: number): number {
  const unrolled = (step: Path["steps"][number]): step is LoopStep & Path["steps"][number] =>
    step.kind === "loop" && step.meshLevel !== undefined && step.meshLevel <= level;
  return steps.filter(unrolled).reduce((product, loop) => product * loop.trips, 1);
}
