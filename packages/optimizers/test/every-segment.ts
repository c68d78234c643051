import type { Architecture, Edge, Mapping, Problem, Target } from "@loopnest/mapspace";
import { heldTarget } from "../src/exact/fusion/held-target.js";
import { everyUnevenMapping } from "./every-uneven-mapping.js";
import { heldByWalking } from "./held-by-walking.js";
import { walkLayer } from "./walk-layer.js";

/** What a layer of a segment costs, counted step by step, and the words that it takes of the buffer. */
export interface Walked {
  readonly energyPj: number;
  readonly latencyCycles: number;
  readonly below: number;
  readonly above: number;
}

export const BUFFER = 1;

export function walk(problem: Problem, architecture: Architecture, mapping: Mapping, held: readonly string[]): Walked {
  const split = splitOf(mapping, held);
  const { reads, updates, fills, tiles, macs } = walkLayer(problem, mapping, split);
  let energyPj = macs * architecture.compute.energyPj;
  let latencyCycles = macs;
  architecture.levels.forEach(({ name, energyPerVectorAccessPj = 0, bandwidthWordsPerCycle: ports }) => {
    const sum = (counts: number[]) => counts.reduce((all, n, i) => (mapping[i]!.level === name ? all + n : all), 0);
    const [read, written] = [sum(reads), sum(updates) + sum(fills)];
    energyPj += (read + written) * energyPerVectorAccessPj;
    const busy: number[] = [];
    if (ports !== null && "shared" in ports) busy.push((read + written) / ports.shared);
    if (ports !== null && "read" in ports) busy.push(read / ports.read);
    if (ports !== null && "write" in ports) busy.push(written / ports.write);
    latencyCycles = Math.max(latencyCycles, ...busy.map(Math.ceil));
  });
  const words = (from: number, to: number) =>
    mapping.reduce((all, { level }, i) => (level === "Buffer" && i >= from && i < to ? all + tiles[i]! : all), 0);
  return { energyPj, latencyCycles, below: words(split + 1, mapping.length), above: words(0, split) };
}

/** The entry that keeps what is held. */
function splitOf(mapping: Mapping, held: readonly string[]): number {
  return mapping.findIndex(({ level, keeps }) => level === "Buffer" && keeps.includes(held[0]!));
}

/**
 * The shared loops of a mapping, outermost first, as the first layer names them; `null` where they are none of a
 * segment's, or something else is kept beside what is held.
 */
function sharedLoops(
  mapping: Mapping,
  held: readonly string[],
  names: ReadonlyMap<string, string>,
): [string, number][] | null {
  const split = splitOf(mapping, held);
  if (mapping[split]!.keeps.length !== held.length) return null;
  if (!held.every((name) => mapping[split]!.keeps.includes(name))) return null;
  const loops: [string, number][] = [];
  for (const [dim, factor] of mapping.slice(0, split).flatMap(({ temporal }) => temporal)) {
    const name = names.get(dim);
    if (name === undefined) return null;
    const last = loops.at(-1);
    if (last?.[0] === name) last[1] *= factor;
    else if (loops.some(([other]) => other === name)) return null;
    else loops.push([name, factor]);
  }
  return loops;
}

/** What layer k of a chain holds for others. */
export function heldOf(edges: readonly Edge[], k: number): string[] {
  return [...(k > 0 ? [edges[k - 1]!.tensor] : []), ...(k < edges.length ? ["Outputs"] : [])];
}

/** Everything that all layers of a chain can do, one after the other. */
export function everySegment(
  target: Target,
  architecture: Architecture,
  edges: readonly Edge[],
  problems: readonly Problem[],
  shared: readonly (readonly string[])[],
) {
  const layers = problems.map((problem, k) => {
    const held = heldOf(edges, k);
    const names = new Map(shared.map((rank) => [rank[k]!, rank[0]!]));
    const found = new Map<string, Walked[]>();
    const own = held.reduce((all, tensor) => heldTarget(all, BUFFER, tensor), target);
    everyUnevenMapping(problem, own, (mapping) => {
      const loops = sharedLoops(mapping, held, names);
      if (loops === null) return;
      const key = JSON.stringify(loops);
      found.set(key, [...(found.get(key) ?? []), walk(problem, architecture, mapping, held)]);
    });
    return found;
  });
  return [...layers[0]!.keys()].map((key) => {
    const loops = (JSON.parse(key) as [string, number][]).map(([name, trips]) => ({
      trips,
      rank: shared.find(([first]) => first === name)!,
    }));
    const held = edges.map((edge, k) => {
      const own = loops.map(({ trips, rank }) => ({ trips, dim: rank[k + 1]! }));
      return heldByWalking(problems[k + 1]!, edge.tensor, own);
    });
    const whileRunning = problems.map((_, k) =>
      held.reduce((all, { words, halo }, e) => all + (e === k || e === k - 1 ? words : halo), 0),
    );
    return { whileRunning, fronts: layers.map((found) => front(found.get(key) ?? [])) };
  });
}

function front(list: readonly Walked[]): Walked[] {
  const fields = ["energyPj", "latencyCycles", "below", "above"] as const;
  const kept: Walked[] = [];
  for (const own of list) {
    if (kept.some((other) => fields.every((field) => other[field] <= own[field]))) continue;
    kept.push(own);
  }
  return kept;
}

/** All choices of one of every list. */
export function choices<T>(lists: readonly (readonly T[])[]): T[][] {
  return lists.reduce<T[][]>((all, list) => all.flatMap((own) => list.map((one) => [...own, one])), [[]]);
}
