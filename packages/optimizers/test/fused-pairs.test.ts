import {
  type Architecture,
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
import { makePair, pairOptimum } from "../src/exact/fusion/pair-optimum.js";
import { everyUnevenMapping } from "./every-uneven-mapping.js";
import { oneBuffer, steepTable } from "./small-targets.js";
import { walkLayer } from "./walk-layer.js";

/** What a layer of a pair costs, counted step by step, and the words that it takes of the buffer. */
interface Walked {
  readonly energyPj: number;
  readonly latencyCycles: number;
  readonly below: number;
  readonly above: number;
}

const BUFFER = 1;

function walk(problem: Problem, architecture: Architecture, mapping: Mapping, held: string): Walked {
  const split = mapping.findIndex(({ level, keeps }) => level === "Buffer" && keeps.includes(held));
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

/**
 * The shared loops of a mapping, outermost first, as the producer names them; `null` where they are none of an edge's.
 */
function sharedLoops(mapping: Mapping, held: string, names: ReadonlyMap<string, string>): [string, number][] | null {
  const split = mapping.findIndex(({ level, keeps }) => level === "Buffer" && keeps.includes(held));
  if (mapping[split]!.keeps.length > 1) return null;
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

/** Everything that both layers of an edge can do, one after the other. */
function everyPair(target: Target, architecture: Architecture, edge: Edge, problems: readonly [Problem, Problem]) {
  const held = ["Outputs", edge.tensor] as const;
  const [first, second] = problems.map((problem, k) => {
    const shared = edge.ranks.filter(([from]) => !edge.whole?.includes(from));
    const names = new Map(shared.map(([from, to]) => [k === 0 ? from : to, from]));
    const found = new Map<string, Walked[]>();
    everyUnevenMapping(problem, heldTarget(target, BUFFER, held[k]!), (mapping) => {
      const loops = sharedLoops(mapping, held[k]!, names);
      if (loops === null) return;
      const key = JSON.stringify(loops);
      found.set(key, [...(found.get(key) ?? []), walk(problem, architecture, mapping, held[k]!)]);
    });
    return found;
  });
  return [...first!].flatMap(([key, list]) => {
    const loops = new Map(JSON.parse(key) as [string, number][]);
    const words = edge.ranks.reduce((n, [from]) => (n * problems[0].dims[from]!) / (loops.get(from) ?? 1), 1);
    return [{ words, first: front(list), second: front(second!.get(key) ?? []) }];
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

const product: Edge = {
  ...{ from: "first", to: "second", tensor: "Inputs", count: 1 },
  ranks: [
    ["P", "P"],
    ["K", "C"],
  ],
};
const cases: readonly [words: number, edge: Edge, first: Problem, second: Problem][] = [
  [9, product, matmul({ m: 2, k: 2, n: 2 }), matmul({ m: 2, k: 2, n: 2 })],
  [7, product, matmul({ m: 4, k: 1, n: 2 }), matmul({ m: 4, k: 2, n: 2 })],
  [8, { ...product, whole: ["K"] }, matmul({ m: 2, k: 2, n: 4 }), matmul({ m: 2, k: 4, n: 1 })],
];

describe("fused pairs", () => {
  for (const [words, edge, ...problems] of cases) {
    const dims = problems.map(({ dims: { P, C, K } }) => `${P}x${C}x${K}`).join(" > ");
    it(`${dims}: the best that plain enumeration finds, counted with explicit buffers`, { timeout: 60_000 }, () => {
      const model = analyticalModel(oneBuffer, { table: steepTable });
      const architecture = priceTarget(oneBuffer, steepTable).architecture({ words });
      const machine = emptyMachine(oneBuffer.levels.length);
      model.machine(Float64Array.of(words), "exact", machine);
      const groups = everyPair(oneBuffer, architecture, edge, problems as [Problem, Problem]);
      const pair = makePair(model, machine, edge, problems[0]!, problems[1]!, BUFFER);
      for (const [energy, latency] of [
        [1, 0],
        [0, 1],
        [1, 30],
        [1, 300],
      ] as const) {
        let best = Number.POSITIVE_INFINITY;
        const value = (one: Walked) => energy * one.energyPj + latency * one.latencyCycles;
        for (const { words: held, first, second } of groups) {
          for (const a of first) {
            for (const b of second) {
              if (Math.max(a.below, b.below) + a.above + b.above + held > words) continue;
              best = Math.min(best, value(a) + value(b));
            }
          }
        }
        const found = pairOptimum(pair, { energy, latency }, Number.POSITIVE_INFINITY)!;
        expect(energy * found.energyPj + latency * found.latencyCycles).toBeCloseTo(best, 6);
        // And what is said of it is what the walk counts.
        const walked = found.mappings.map((mapping, k) =>
          walk(problems[k]!, architecture, mapping, k === 0 ? "Outputs" : edge.tensor),
        );
        expect(walked[0]!.energyPj + walked[1]!.energyPj).toBeCloseTo(found.energyPj, 6);
        expect(walked[0]!.latencyCycles + walked[1]!.latencyCycles).toBe(found.latencyCycles);
        expect(walked.map(({ below }) => below)).toEqual(found.words.running);
        expect(walked[0]!.above + walked[1]!.above).toBe(found.words.above);
      }
    });
  }
});
