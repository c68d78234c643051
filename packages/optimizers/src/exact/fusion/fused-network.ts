import type { Cost, Edge, Hardware, Mapping } from "@loopnest/mapspace";
import type { FusedSegment } from "./segment-optimum.js";
import { type SegmentPart, type SegmentPoint, scaledSum } from "./segment-point.js";

/** Totals of a network, the best that were found. */
export interface FusionTotals {
  readonly value: number;
  readonly energyUj: number;
  readonly latencyCycles: number;
  /** Words read from the outermost level and written to it, by layers. */
  readonly outermostWords: number;
  /** A value that no way of the kind is below: the value itself, unless the search was stopped. */
  readonly lowerBound: number;
  /** How far the value may lie above the optimum, as a fraction of it. */
  readonly gap: number;
}

/** Layers that run together. Figures are of one execution of all. */
export interface NetworkSegment {
  /** Names, first to last. */
  readonly layers: readonly string[];
  /** Places of the edges between them in the workload's list. */
  readonly edges: readonly number[];
  /** How often it runs. */
  readonly count: number;
  readonly fused: FusedSegment;
  /** What its layers take one by one, as best for the whole network without fusion. */
  readonly apart: Readonly<Cost> & { readonly outermostWords: number };
}

/** A layer that runs by itself. Figures are of one execution. */
export interface NetworkSingle extends Readonly<Cost> {
  readonly layer: string;
  /** How often it runs by itself. */
  readonly count: number;
  readonly mapping: Mapping;
  readonly outermostWords: number;
}

/** What became of an edge. */
export interface FusedEdge {
  readonly edge: Edge;
  /** How many of its occurrences are fused. */
  readonly fused: number;
  /** Why the others are not; `null` if there are none. */
  readonly reason: string | null;
}

/** A network with and without fusion, and what is proved of both. */
export interface FusedNetwork {
  /** All sizes. */
  readonly hardware: Hardware;
  /** Sizes that were searched: what is proved of `fused` holds of all of their values, of `apart` of this hardware. */
  readonly free: readonly string[];
  readonly areaMm2: number;
  readonly apart: FusionTotals;
  readonly fused: FusionTotals;
  readonly segments: readonly NetworkSegment[];
  /** Layers that run by themselves, at least once. */
  readonly singles: readonly NetworkSingle[];
  /** The mapping of every layer of the network in the best one without fusion. */
  readonly apartMappings: readonly Mapping[];
  readonly edges: readonly FusedEdge[];
  /** The level that holds what layers hand over, and its words. */
  readonly home: string;
  readonly capacityWords: number;
  /** Whether the search was stopped before its end: the gaps say what is left. */
  readonly stopped: boolean;
}

/** What of a network is made into its segments, layers that run alone, and edges. */
export interface NetworkParts {
  readonly apart: SegmentPoint;
  readonly fused: SegmentPoint;
  /** Names of the layers. */
  readonly names: readonly string[];
  readonly edges: readonly Edge[];
  /** Why edges cannot be fused, where that is known. */
  readonly reasons: readonly (string | null)[];
}

/** Segments, layers that run alone, and what became of every edge. */
export function networkParts({
  apart,
  fused,
  names,
  edges,
  reasons,
}: NetworkParts): Pick<FusedNetwork, "segments" | "singles" | "apartMappings" | "edges"> {
  const apartOf = new Map(apart.parts.map((part) => [part.chain.key, part]));
  const segments = fused.parts.flatMap(({ chain, fused: own, count }): NetworkSegment[] => {
    if (own === null) return [];
    const { energyPj, latencyCycles, outermostWords } = scaledSum(
      chain.layers.map((i) => ({ point: { ...apartOf.get(String(i))!.own, parts: [] }, count: 1 })),
    );
    return [
      {
        ...{ layers: chain.layers.map((i) => names[i]!), edges: chain.edges, count, fused: own },
        apart: { energyPj, latencyCycles, outermostWords },
      },
    ];
  });
  const singles = fused.parts.flatMap(({ chain, own, mapping, count }: SegmentPart): NetworkSingle[] =>
    mapping === null ? [] : [{ layer: names[chain.layers[0]!]!, count, mapping, ...own }],
  );
  return {
    segments,
    singles,
    apartMappings: names.map((_, i) => apartOf.get(String(i))!.mapping!),
    edges: edges.map((edge, e): FusedEdge => {
      const times = segments.reduce(
        (n, { edges: own, count }) => n + count * own.filter((other) => other === e).length,
        0,
      );
      const reason = times === edge.count ? null : (reasons[e] ?? "costs no less together");
      return { edge, fused: times, reason };
    }),
  };
}
