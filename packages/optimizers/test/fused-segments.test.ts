import {
  type Architecture,
  conv,
  type Edge,
  emptyMachine,
  type Mapping,
  matmul,
  type Problem,
  type Target,
} from "@loopnest/mapspace";
import { analyticalModel, priceTarget } from "@loopnest/model-analytical";
import { describe, expect, it } from "vitest";
import { heldTarget } from "../src/exact/fusion/held-target.js";
import { makeSegment, segmentOptimum } from "../src/exact/fusion/segment-optimum.js";
import { everyUnevenMapping } from "./every-uneven-mapping.js";
import { heldByWalking } from "./held-by-walking.js";
import { oneBuffer, steepTable } from "./small-targets.js";
import { walkLayer } from "./walk-layer.js";

/** What a layer of a segment costs, counted step by step, and the words that it takes of the buffer. */
interface Walked {
  readonly energyPj: number;
  readonly latencyCycles: number;
  readonly below: number;
  readonly above: number;
}

const BUFFER = 1;

function walk(problem: Problem, architecture: Architecture, mapping: Mapping, held: readonly string[]): Walked {
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
function heldOf(edges: readonly Edge[], k: number): string[] {
  return [...(k > 0 ? [edges[k - 1]!.tensor] : []), ...(k < edges.length ? ["Outputs"] : [])];
}

/** Everything that all layers of a chain can do, one after the other. */
function everySegment(
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
function choices<T>(lists: readonly (readonly T[])[]): T[][] {
  return lists.reduce<T[][]>((all, list) => all.flatMap((own) => list.map((one) => [...own, one])), [[]]);
}

const edge = (ranks: Edge["ranks"], more: Partial<Edge> = {}): Edge => ({
  ...{ from: "", to: "", tensor: "Inputs", count: 1, ranks },
  ...more,
});
const product = edge([
  ["P", "P"],
  ["K", "C"],
]);
const rows = edge([["P", "P"]]);
const row = (P: number, R: number, more: object = {}) => conv({ R, S: 1, P, Q: 1, C: 1, K: 1, ...more });
const both = [
  ["P", "P"],
  ["K", "C"],
];

interface Case {
  readonly name: string;
  readonly words: number;
  readonly edges: readonly Edge[];
  readonly problems: readonly Problem[];
  /** Names of the shared dimensions, layer by layer. */
  readonly shared: readonly (readonly string[])[];
}

const cases: readonly Case[] = [
  {
    ...{ name: "two products", words: 9, edges: [product], shared: both },
    problems: [matmul({ m: 2, k: 2, n: 2 }), matmul({ m: 2, k: 2, n: 2 })],
  },
  {
    ...{ name: "two products of other sizes", words: 7, edges: [product], shared: both },
    problems: [matmul({ m: 4, k: 1, n: 2 }), matmul({ m: 4, k: 2, n: 2 })],
  },
  {
    ...{ name: "a softmax between", words: 8, edges: [{ ...product, whole: ["K"] }], shared: [["P", "P"]] },
    problems: [matmul({ m: 2, k: 2, n: 4 }), matmul({ m: 2, k: 4, n: 1 })],
  },
  {
    ...{ name: "three products", words: 9, edges: [product, product], shared: [["P", "P", "P"]] },
    problems: [matmul({ m: 2, k: 2, n: 2 }), matmul({ m: 2, k: 2, n: 2 }), matmul({ m: 2, k: 2, n: 1 })],
  },
  {
    ...{ name: "a window between two", words: 9, edges: [rows, rows], shared: [["P", "P", "P"]] },
    problems: [row(4, 1, { C: 2 }), row(4, 3), row(4, 1, { K: 2 })],
  },
  {
    ...{ name: "windows that stride", words: 8, edges: [rows, rows], shared: [["P", "P", "P"]] },
    problems: [row(4, 1), row(2, 3, { stride: 2 }), row(2, 1, { K: 2 })],
  },
];

describe("fused segments", () => {
  for (const { name, words, edges, problems, shared } of cases) {
    it(`${name}: the best that plain enumeration finds, counted with explicit buffers`, { timeout: 60_000 }, () => {
      const model = analyticalModel(oneBuffer, { table: steepTable });
      const architecture = priceTarget(oneBuffer, steepTable).architecture({ words });
      const machine = emptyMachine(oneBuffer.levels.length);
      model.machine(Float64Array.of(words), "exact", machine);
      const groups = everySegment(oneBuffer, architecture, edges, problems, shared);
      const segment = makeSegment(model, machine, edges, problems, BUFFER);
      for (const [energy, latency] of [
        [1, 0],
        [0, 1],
        [1, 30],
        [1, 300],
      ] as const) {
        let best = Number.POSITIVE_INFINITY;
        const value = (one: Walked) => energy * one.energyPj + latency * one.latencyCycles;
        const total = (list: readonly number[]) => list.reduce((all, one) => all + one, 0);
        for (const { whileRunning, fronts } of groups) {
          for (const chosen of choices(fronts)) {
            const above = total(chosen.map((one) => one.above));
            if (chosen.some(({ below }, k) => below + above + whileRunning[k]! > words)) continue;
            best = Math.min(best, total(chosen.map(value)));
          }
        }
        const found = segmentOptimum(segment, { energy, latency }, Number.POSITIVE_INFINITY)!;
        expect(energy * found.energyPj + latency * found.latencyCycles).toBeCloseTo(best, 6);
        // And what is said of it is what the walk counts.
        const walked = found.mappings.map((mapping, k) => walk(problems[k]!, architecture, mapping, heldOf(edges, k)));
        expect(total(walked.map(({ energyPj }) => energyPj))).toBeCloseTo(found.energyPj, 6);
        expect(total(walked.map(({ latencyCycles }) => latencyCycles))).toBe(found.latencyCycles);
        expect(walked.map(({ below }) => below)).toEqual(found.words.running);
        expect(total(walked.map(({ above }) => above))).toBe(found.words.above);
        expect(Math.max(...found.words.occupied)).toBeLessThanOrEqual(words);
      }
    });
  }
});
