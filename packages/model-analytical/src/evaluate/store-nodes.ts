import {
  type Architecture,
  emptyNest,
  isUneven,
  type LevelMapping,
  type LoopNest,
  type Mapping,
  nodeLevels,
  type StorageLevel,
  type Traffic,
  type Widths,
} from "@loopnest/mapspace";
import type { NestState } from "../state/nest-state.js";

/**
 * An uneven mapping with every store node as a level of its own: the counts of its nodes are those of this machine.
 *
 * A *store node* is an entry of a mapping in which a level stands several times in a row, each time with its own loops
 * and kept tensors; spatial loops stand at a level's last node. Capacities are left open: nodes of a level share its
 * own.
 */
export interface StoreNodes {
  readonly architecture: Architecture;
  readonly mapping: Mapping;
  /** Physical level of every node. */
  readonly levelOf: readonly number[];
}

/**
 * The nodes of a mapping; `null` if no level stands twice.
 *
 * @throws LoopnestError `input` if the entries are not the architecture's levels, outermost first.
 */
export function storeNodes(architecture: Architecture, mapping: Mapping): StoreNodes | null {
  const names = architecture.levels.map(({ name }) => name);
  if (!isUneven(mapping)) return null;
  const levelOf = nodeLevels(names, mapping);
  const nodeName = (i: number) => `${mapping[i]!.level} ${i - levelOf.indexOf(levelOf[i]!) + 1}`;
  return {
    levelOf,
    architecture: {
      ...architecture,
      levels: levelOf.map((l, i) => nodeLevel(architecture.levels[l]!, nodeName(i), levelOf[i + 1] === l)),
    },
    mapping: mapping.map((node, i): LevelMapping => ({ ...node, level: nodeName(i) })),
  };
}

/**
 * Counts and tiles of nodes put together by physical level, so that they use its ports, fill its rows and take its
 * capacity.
 *
 * @returns State and nest of the physical levels: what capacity is worked out from, and counts. Of the nest only
 * `keeps`.
 */
export function gatherNodes(
  gathered: StoreNodes,
  levelCount: number,
  nodes: NestState,
  nest: LoopNest,
  widths: Widths | null,
): { readonly state: NestState; readonly nest: LoopNest } {
  const { traffic, nest: physical } = gatherTraffic(gathered, levelCount, nodes, nest);
  const sum = (counts: Float64Array) => sumByLevel(gathered, levelCount, nodes.levelCount, nest, counts);
  return {
    state: { ...nodes, ...traffic, widths, tileWords: sum(nodes.tileWords), arrived: sum(nodes.arrived) },
    nest: physical,
  };
}

/** The traffic of nodes put together by physical level: what energy and latency are worked out from. */
export function gatherTraffic(
  nodes: StoreNodes,
  levelCount: number,
  traffic: Traffic,
  nest: LoopNest,
): { readonly traffic: Traffic; readonly nest: LoopNest } {
  const { levelOf } = nodes;
  const sum = (counts: Float64Array) => sumByLevel(nodes, levelCount, traffic.levelCount, nest, counts);
  const keeps = Array.from({ length: levelCount }, (_, l) =>
    levelOf.reduce((bits, level, i) => (level === l ? bits | nest.keeps[i]! : bits), 0),
  );
  const used = Float64Array.from({ length: levelCount }, (_, l) => traffic.usedInstances[levelOf.indexOf(l)]!);
  return {
    traffic: {
      levelCount,
      reads: sum(traffic.reads),
      updates: sum(traffic.updates),
      fills: sum(traffic.fills),
      usedInstances: Float64Array.of(...used, traffic.usedInstances[traffic.levelCount]!),
      computeCycles: traffic.computeCycles,
      networkPj: traffic.networkPj,
    },
    nest: emptyNest(keeps.map((bits) => ({ x: [], y: [], temporal: [], keeps: bits }))),
  };
}

function sumByLevel(
  { levelOf }: StoreNodes,
  levelCount: number,
  nodeCount: number,
  nest: LoopNest,
  counts: Float64Array,
): Float64Array {
  const tensorCount = counts.length / nodeCount;
  const out = new Float64Array(tensorCount * levelCount);
  for (let t = 0; t < tensorCount; t++) {
    levelOf.forEach((l, i) => {
      if ((nest.keeps[i]! >> t) & 1) out[t * levelCount + l]! += counts[t * nodeCount + i]!;
    });
  }
  return out;
}

/** @param hasInner Whether another node of the level follows inside: its wires are below the last one. */
function nodeLevel({ network, ...level }: StorageLevel, name: string, hasInner: boolean): StorageLevel {
  return { ...level, name, capacityWords: null, ...(network && !hasInner && { network }) };
}
