import type { Architecture, Bandwidth } from "@loopnest/mapspace";
import type { DesignFigures } from "./figures.js";
import { movedLevelWords } from "./level-words.js";

/** A layer in the roofline picture. */
export interface RooflinePoint {
  readonly name: string;
  readonly count: number;
  /** MACs for each byte that moves to or from the outermost level. */
  readonly macsPerByte: number;
  readonly macsPerCycle: number;
  readonly bottleneck: string;
  /** Of the network's latency. */
  readonly latencyShare: number;
}

/** What the hardware allows, and where every layer is (Williams, Waterman and Patterson, CACM 52(4), 2009). */
export interface Roofline {
  /** The outermost level, whose traffic counts. */
  readonly level: string;
  /** MAC units: no layer is above. */
  readonly peakMacsPerCycle: number;
  /** Bytes a cycle that the outermost level moves at most, both directions together; `null` is unlimited. */
  readonly bytesPerCycle: number | null;
  readonly points: readonly RooflinePoint[];
}

/**
 * The roofline of a design: MACs a cycle against MACs a byte of the outermost level, a point for each layer.
 *
 * @param architecture The machine that the figures were counted on.
 */
export function roofline({ layers }: Pick<DesignFigures, "layers">, architecture: Architecture): Roofline {
  const { name, wordBits, bandwidthWordsPerCycle: bandwidth, instances } = architecture.levels[0]!;
  const bytesPerWord = wordBits / 8;
  const words = bothDirections(bandwidth);
  return {
    level: name,
    peakMacsPerCycle: architecture.compute.instances,
    bytesPerCycle: words === null ? null : words * instances * bytesPerWord,
    points: layers.map((layer) => {
      const moved = Object.values(layer.levels[name]!.tensors).reduce(
        (sum, tensor) => sum + movedLevelWords(tensor),
        0,
      );
      return {
        name: layer.name,
        count: layer.count,
        macsPerByte: layer.macs / (moved * bytesPerWord),
        macsPerCycle: layer.macs / layer.latencyCycles,
        bottleneck: layer.bottleneck,
        latencyShare: layer.share.latency,
      };
    }),
  };
}

/** Words a cycle of one instance, both directions together; `null` where one of them is unlimited. */
function bothDirections(bandwidth: Bandwidth): number | null {
  if (bandwidth === null) return null;
  if ("shared" in bandwidth) return bandwidth.shared;
  return "read" in bandwidth && "write" in bandwidth ? bandwidth.read + bandwidth.write : null;
}

/** MACs a cycle that the roofs leave at an intensity. @internal */
export function roofAt({ peakMacsPerCycle, bytesPerCycle }: Roofline, macsPerByte: number): number {
  return bytesPerCycle === null ? peakMacsPerCycle : Math.min(peakMacsPerCycle, bytesPerCycle * macsPerByte);
}
