import type { Cost, Mapping } from "@loopnest/mapspace";
import type { Chain } from "./segment-chains.js";
import type { FusedSegment } from "./segment-optimum.js";

/** What something can come to, with the segments that it is made of. */
export interface SegmentPoint extends SegmentCost {
  readonly parts: readonly SegmentPart[];
}

export interface SegmentCost extends Readonly<Cost> {
  readonly outermostWords: number;
}

/** A segment, and how often it runs. */
export interface SegmentPart {
  readonly chain: Chain;
  /** Of one execution. */
  readonly own: SegmentCost;
  /** How several layers run together; `null` of a single one. */
  readonly fused: FusedSegment | null;
  /** Of a single layer. */
  readonly mapping: Mapping | null;
  readonly count: number;
}

/** Points one after the other, each so many times; equal segments once. */
export function scaledSum(points: readonly { readonly point: SegmentPoint; readonly count: number }[]): SegmentPoint {
  const parts = new Map<SegmentCost, SegmentPart>();
  const sum = { energyPj: 0, latencyCycles: 0, outermostWords: 0 };
  for (const { point, count } of points) {
    sum.energyPj += count * point.energyPj;
    sum.latencyCycles += count * point.latencyCycles;
    sum.outermostWords += count * point.outermostWords;
    for (const part of point.parts) {
      const before = parts.get(part.own)?.count ?? 0;
      parts.set(part.own, { ...part, count: before + count * part.count });
    }
  }
  return { ...sum, parts: [...parts.values()] };
}
