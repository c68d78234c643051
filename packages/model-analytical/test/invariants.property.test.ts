import {
  type Architecture,
  type Counts,
  type LevelMapping,
  type Mapping,
  macs,
  type Problem,
  type Tensor,
  tensorWords,
} from "@loopnest/mapspace";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countBySteps, evaluate } from "../src/index.js";
import { type Case, cases } from "./arbitrary-case.js";
import { wordCounts } from "./word-counts.js";

const countsOf = ({ problem, architecture, mapping }: Case, counts: Counts = "timeloop-2025") =>
  wordCounts(evaluate(problem, architecture, mapping, counts));

const handedOverWords = ({ problem, architecture, mapping }: Case) =>
  countBySteps(problem, architecture, mapping, "timeloop-2025", 1_000_000).handedOver;

/** Whether some rank of a tensor sums dimensions. */
function slides(problem: Problem, tensor: Tensor): boolean {
  return tensor.ranks.some((rank) => rank.filter(([dim]) => problem.dims[dim]! > 1).length > 1);
}

/**
 * Cuts level `l` in two by a new level that holds nothing: the loops of `outer` stay, the rest and all spatial loops
 * move to the new level, which has an instance for every one of level `l`.
 */
function cut(
  { problem, architecture, mapping }: Case,
  l: number,
  outer: LevelMapping["temporal"],
  inner: LevelMapping["temporal"],
): Case {
  const name = "Wires";
  const levels = [...architecture.levels];
  levels.splice(l + 1, 0, { ...levels[l]!, name });
  const halves: Mapping = [
    { ...mapping[l]!, temporal: outer, spatial: [] },
    { level: name, temporal: inner, spatial: mapping[l]!.spatial, keeps: [] },
  ];
  const cutMapping = [...mapping.slice(0, l), ...halves, ...mapping.slice(l + 1)];
  const cutArchitecture: Architecture = { ...architecture, levels };
  return { problem, architecture: cutArchitecture, mapping: cutMapping };
}

describe("counts stay the same", () => {
  it("whatever the order of the tensors", () => {
    const shuffled = cases().chain((given) =>
      fc.tuple(
        fc.constant(given),
        fc.shuffledSubarray([...given.problem.tensors], { minLength: given.problem.tensors.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([given, tensors]) => {
        expect(countsOf({ ...given, problem: { ...given.problem, tensors } })).toEqual(countsOf(given));
      }),
      { numRuns: 200 },
    );
  });

  it("with unit loops anywhere", () => {
    fc.assert(
      fc.property(cases(), fc.nat(), (given, seed) => {
        const dims = Object.keys(given.problem.dims);
        const mapping = given.mapping.map((level, l) => {
          const dim = dims[(seed + l) % dims.length]!;
          const temporal = level.temporal.filter((loop) => loop[0] !== dim || loop[1] > 1);
          if (!temporal.some((loop) => loop[0] === dim)) temporal.splice(seed % (temporal.length + 1), 0, [dim, 1]);
          const hasX = level.spatial.some((loop) => loop[0] === dim && loop[2] === "X");
          return { ...level, temporal, spatial: hasX ? level.spatial : [...level.spatial, [dim, 1, "X"] as const] };
        });
        const { problem, architecture } = given;
        expect(evaluate(problem, architecture, mapping)).toEqual(evaluate(problem, architecture, given.mapping));
      }),
      { numRuns: 200 },
    );
  });

  it("when a level that holds nothing takes over some of a level's loops", () => {
    fc.assert(
      fc.property(cases(), fc.nat(), fc.nat(), (given, which, where) => {
        const l = which % given.mapping.length;
        const { temporal } = given.mapping[l]!;
        const at = where % (temporal.length + 1);
        const { Wires, ...others } = countsOf(cut(given, l, temporal.slice(0, at), temporal.slice(at)));
        expect(others).toEqual(countsOf(given));
        expect(Wires).toEqual({});
      }),
      { numRuns: 200 },
    );
  });

  it("when one loop is split over two levels, for tensors whose tiles do not overlap", () => {
    let split = 0;
    fc.assert(
      fc.property(cases(), (given) => {
        const l = given.mapping.findIndex(({ temporal }) => temporal.some((loop) => loop[1] === 4));
        if (l < 0) return;
        split++;
        const { temporal } = given.mapping[l]!;
        const at = temporal.findIndex((loop) => loop[1] === 4);
        const half = [temporal[at]![0], 2] as const;
        const found = countsOf(cut(given, l, [...temporal.slice(0, at), half], [half, ...temporal.slice(at + 1)]));
        const whole = countsOf(given);
        for (const tensor of given.problem.tensors.filter((each) => !slides(given.problem, each))) {
          for (const level of Object.keys(whole))
            expect(found[level]![tensor.name]).toEqual(whole[level]![tensor.name]);
        }
      }),
      { numRuns: 400 },
    );
    expect(split).toBeGreaterThan(50);
  });
});

describe("counts add up", () => {
  it("every MAC reads its inputs and updates its output", () => {
    fc.assert(
      fc.property(cases({ keepAll: true }), (given) => {
        const innermost = given.mapping.at(-1)!;
        if (innermost.spatial.length > 0) return;
        const counts = countsOf(given)[innermost.level]!;
        const handedOver = handedOverWords(given);
        for (const { name, role } of given.problem.tensors) {
          // A level also reads what its instances hand over to each other.
          if (handedOver[name] !== 0) continue;
          expect(role === "input" ? counts[name]!.reads : counts[name]!.updates).toBe(macs(given.problem));
        }
      }),
      { numRuns: 200 },
    );
  });

  it("what a level sends, times its receivers, arrives as fills", () => {
    let compared = 0;
    fc.assert(
      fc.property(cases({ keepAll: true }), (given) => {
        const { problem, mapping } = given;
        const counts = countsOf(given);
        const in2022 = countsOf(given, "timeloop-2022");
        const handedOver = handedOverWords(given);
        for (const tensor of problem.tensors) {
          if (slides(problem, tensor) || handedOver[tensor.name] !== 0) continue;
          compared++;
          const relevant = tensor.ranks.flat().map(([dim]) => dim);
          mapping.slice(1).forEach((child, l) => {
            const parent = mapping[l]!;
            const receivers = parent.spatial.reduce((m, loop) => (relevant.includes(loop[0]) ? m : m * loop[1]), 1);
            const { reads, updates } = counts[parent.level]![tensor.name]!;
            // Of an output what comes back is what is read; in 2022 as much arrived as is written, first visits
            // included.
            const sent = tensor.role === "input" ? reads : updates;
            expect(in2022[child.level]![tensor.name]!.fills).toBe(sent * receivers);
            if (tensor.role === "input") expect(counts[child.level]![tensor.name]!.fills).toBe(sent * receivers);
          });
        }
      }),
      { numRuns: 200 },
    );
    expect(compared).toBeGreaterThan(100);
  });

  it("the outermost level holds whole tensors, and the instances in use do all the work", () => {
    fc.assert(
      fc.property(cases(), ({ problem, architecture, mapping }) => {
        const found = evaluate(problem, architecture, mapping);
        for (const tensor of problem.tensors) {
          const held = found.levels[mapping[0]!.level]!.tensors[tensor.name];
          if (held !== undefined) expect(held.utilizedCapacity).toBe(tensorWords(problem, tensor));
        }
        const used = mapping.flatMap(({ spatial }) => spatial).reduce((product, loop) => product * loop[1], 1);
        expect(found.macs).toBe(macs(problem));
        expect(found.computeCycles * used).toBe(macs(problem));
        expect(found.cycles).toBeGreaterThanOrEqual(found.computeCycles);
        expect(found.utilization).toBeLessThanOrEqual(1);
      }),
      { numRuns: 200 },
    );
  });
});
