import type { Machine } from "@loopnest/mapspace";

/** The ports of a machine that limit anything, numbered. */
export interface Ports {
  readonly count: number;
  /**
   * Ports for words read and written at the outer level of a transfer, and written at the inner one; -1 for one without
   * limit.
   */
  of(outer: number, inner: number): readonly [outerReads: number, outerWrites: number, innerWrites: number];
  /** Cycles that so many words of one instance keep a port busy. */
  cycles(port: number, words: number): number;
}

/** @param inner Number of levels: for the MAC units, which have no port. */
export function makePorts(machine: Machine): Ports {
  const bandwidths: number[] = [];
  const port = (bandwidth: number) => (Number.isFinite(bandwidth) ? bandwidths.push(bandwidth) - 1 : -1);
  const levels = Array.from(machine.bandwidthShared, (bandwidth, l) => {
    const shared = port(bandwidth);
    if (shared >= 0) return { reads: shared, writes: shared };
    return { reads: port(machine.bandwidthRead[l]!), writes: port(machine.bandwidthWrite[l]!) };
  });
  return {
    count: bandwidths.length,
    of: (outer, inner) => [levels[outer]!.reads, levels[outer]!.writes, levels[inner]?.writes ?? -1],
    cycles: (at, words) => (at < 0 ? 0 : words / bandwidths[at]!),
  };
}
