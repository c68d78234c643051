import {
  type Architecture,
  emptyNest,
  isUneven,
  type LevelMapping,
  type LoopNest,
  type Mapping,
  nodeLevels,
  type StorageLevel,
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
 * @returns State and nest of the physical levels: what energy, latency and capacity are worked out from. Of the nest
 * only `keeps`.
 */
export function gatherNodes(
  { levelOf }: StoreNodes,
  levelCount: number,
  nodes: NestState,
  nest: LoopNest,
): { readonly state: NestState; readonly nest: LoopNest } {
  const { tensorCount } = nodes.shape;
  const sum = (counts: Float64Array): Float64Array => {
    const out = new Float64Array(tensorCount * levelCount);
    for (let t = 0; t < tensorCount; t++) {
      levelOf.forEach((l, i) => {
        if ((nest.keeps[i]! >> t) & 1) out[t * levelCount + l]! += counts[t * nodes.levelCount + i]!;
      });
    }
    return out;
  };
  const keeps = Array.from({ length: levelCount }, (_, l) =>
    levelOf.reduce((bits, level, i) => (level === l ? bits | nest.keeps[i]! : bits), 0),
  );
  const used = Float64Array.from({ length: levelCount }, (_, l) => nodes.usedInstances[levelOf.indexOf(l)]!);
  return {
    state: {
      ...nodes,
      levelCount,
      reads: sum(nodes.reads),
      updates: sum(nodes.updates),
      fills: sum(nodes.fills),
      tileWords: sum(nodes.tileWords),
      arrived: sum(nodes.arrived),
      usedInstances: Float64Array.of(...used, nodes.usedInstances[nodes.levelCount]!),
    },
    nest: emptyNest(keeps.map((bits) => ({ x: [], y: [], temporal: [], keeps: bits }))),
  };
}

/** @param hasInner Whether another node of the level follows inside: its wires are below the last one. */
function nodeLevel({ network, ...level }: StorageLevel, name: string, hasInner: boolean): StorageLevel {
  return { ...level, name, capacityWords: null, ...(network && !hasInner && { network }) };
}
