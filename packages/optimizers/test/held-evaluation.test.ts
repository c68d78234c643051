import { conv, type Mapping, matmul, type Problem } from "@loopnest/mapspace";
import { evaluate, priceTarget } from "@loopnest/model-analytical";
import { describe, expect, it } from "vitest";
import { heldTarget } from "../src/exact/fusion/held-target.js";
import { everyUnevenMapping } from "./every-uneven-mapping.js";
import { oneBuffer, steepTable } from "./small-targets.js";
import { walkLayer } from "./walk-layer.js";

/** About so many mappings of each layer are walked. */
const WALKED = 40;
const architecture = priceTarget(oneBuffer, steepTable).architecture({ words: 64 });

const layers: readonly { name: string; problem: Problem; held: readonly string[] }[] = [
  { name: "a product that hands on", problem: matmul({ m: 4, k: 2, n: 2 }), held: ["Outputs"] },
  { name: "a product that reads", problem: matmul({ m: 2, k: 4, n: 2 }), held: ["Inputs"] },
  { name: "a product between", problem: matmul({ m: 4, k: 2, n: 2 }), held: ["Inputs", "Outputs"] },
  {
    name: "a window that hands on",
    problem: conv({ R: 3, S: 1, P: 4, Q: 1, C: 1, K: 2 }),
    held: ["Inputs", "Outputs"],
  },
];

/** Of the mappings that hold tensors at an entry of their own, every so manieth. */
function someMappings(problem: Problem, held: readonly string[]): Mapping[] {
  const all: Mapping[] = [];
  const target = held.reduce((own, tensor) => heldTarget(own, 1, tensor), oneBuffer);
  everyUnevenMapping(problem, target, (mapping) => {
    const home = mapping.find(({ keeps }) => keeps.includes(held[0]!))!;
    if (home.keeps.length === held.length && held.every((tensor) => home.keeps.includes(tensor))) all.push(mapping);
  });
  const step = Math.max(1, Math.floor(all.length / WALKED));
  return all.filter((_, i) => i % step === 0);
}

describe("a layer that runs in turn with others", () => {
  for (const { name, problem, held } of layers) {
    it(`${name}: counts are those of a walk that loses everything inside between turns`, () => {
      let shared = 0;
      for (const mapping of someMappings(problem, held)) {
        const home = mapping.findIndex(({ keeps }) => keeps.includes(held[0]!));
        const walked = walkLayer(problem, mapping, home);
        const { levels } = evaluate(problem, architecture, mapping, "timeloop-2025", held);
        if (mapping.slice(0, home).some(({ temporal }) => temporal.length > 0)) shared++;
        const of = (level: string, counts: readonly number[]) =>
          counts.reduce((sum, n, i) => (mapping[i]!.level === level ? sum + n : sum), 0);
        const seen = (level: string, count: "reads" | "updates" | "fills") =>
          Object.values(levels[level]!.tensors).reduce((sum, own) => sum + own[count], 0);
        for (const { name: level } of architecture.levels) {
          const counted = (["reads", "updates", "fills"] as const).map((count) => seen(level, count));
          const byWalking = [walked.reads, walked.updates, walked.fills].map((counts) => of(level, counts));
          expect(counted, `${level} of ${JSON.stringify(mapping)}`).toEqual(byWalking);
        }
      }
      expect(shared).toBeGreaterThan(5);
    });
  }

  it("asks for an entry of its own for what is held", () => {
    const mapping: Mapping = [
      { level: "DRAM", temporal: [], spatial: [], keeps: ["Weights", "Outputs"] },
      {
        level: "Buffer",
        temporal: [
          ["P", 2],
          ["K", 2],
          ["C", 2],
        ],
        spatial: [],
        keeps: ["Inputs", "Weights"],
      },
    ];
    const problem = matmul({ m: 2, k: 2, n: 2 });
    expect(() => evaluate(problem, architecture, mapping, "timeloop-2025", ["Inputs"])).toThrow(
      "Buffer keeps Weights where Inputs is held for other layers",
    );
    expect(() => evaluate(problem, architecture, mapping, "timeloop-2025", ["Elsewhere"])).toThrow(
      "no level holds Elsewhere for other layers",
    );
  });
});
