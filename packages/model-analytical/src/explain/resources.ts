import {
  type Architecture,
  bandwidthOf,
  machineOf,
  portName,
  portWords,
  READ_PORT,
  SHARED_PORT,
  WRITE_PORT,
} from "@loopnest/mapspace";
import { levelCounts } from "../evaluate/element-width.js";
import type { Evaluation } from "../evaluate/evaluate.js";

const PORTS = [READ_PORT, WRITE_PORT, SHARED_PORT] as const;

/** Something that the run may wait for: the MAC units, or a port of one instance of a level. */
export interface Resource {
  /** The level, or `compute`. */
  readonly name: string;
  /** `null` for the MAC units. */
  readonly port: (typeof portName)[keyof typeof portName] | null;
  /** Cycles it takes for its share of the work if nothing else holds it up. */
  readonly busyCycles: number;
  /** Words of the level through one instance over the run; `null` for the MAC units. */
  readonly words: number | null;
  readonly bandwidthWordsPerCycle: number | null;
}

/**
 * All resources but unlimited ports, the busiest first: that one sets the latency. Of equals the MAC units come first,
 * then outer levels.
 */
export function resources(architecture: Architecture, evaluation: Evaluation): Resource[] {
  const machine = machineOf(architecture);
  const found: Resource[] = [
    { name: "compute", port: null, busyCycles: evaluation.computeCycles, words: null, bandwidthWordsPerCycle: null },
  ];
  architecture.levels.forEach(({ name }, l) => {
    let read = 0;
    let write = 0;
    for (const counts of Object.values(evaluation.levels[name]!.tensors)) {
      const { reads, updates, fills } = levelCounts(counts);
      read += reads;
      write += updates + fills;
    }
    for (const port of PORTS) {
      const bandwidth = machine[bandwidthOf[port]][l]!;
      if (bandwidth === Number.POSITIVE_INFINITY) continue;
      const words = portWords(port, read, write);
      found.push({
        ...{ name, port: portName[port] },
        ...{ busyCycles: words / bandwidth, words, bandwidthWordsPerCycle: bandwidth },
      });
    }
  });
  // A stable sort: equals stay in their order.
  return found.sort((a, b) => b.busyCycles - a.busyCycles);
}
