import fc from "fast-check";
import { expect, it } from "vitest";
import { countActions } from "../src/counts/actions.js";
import { type Path, pathsOf, type Step } from "../src/tree/path.js";
import { footprint } from "../src/tree/projection.js";
import type { TreeCase, TreeNode } from "../src/tree/tree.js";

const RANKS = { m: 4, k: 6, n: 4 } as const;
const TENSORS = { A: ["m", "k"], B: ["k", "n"], C: ["m", "n"] } as const;

/** A matrix product with its loops cut and its store nodes placed at random; instances in space now and then. */
const randomTree: fc.Arbitrary<TreeCase> = fc
  .record({
    // For every rank: the tile after its first loop; the second takes it down to 1.
    tiles: fc.tuple(fc.constantFrom(1, 2, 4), fc.constantFrom(1, 2, 3, 6), fc.constantFrom(1, 2, 4)),
    order: fc.shuffledSubarray([0, 0, 1, 1, 2, 2], { minLength: 6 }),
    stores: fc.array(fc.tuple(fc.nat(6), fc.constantFrom("A", "B", "C"), fc.nat(1)), { maxLength: 5 }),
    unrolled: fc.option(fc.nat(5), { nil: -1 }),
  })
  .map(({ tiles, order, stores, unrolled }) => {
    const ranks = Object.keys(RANKS);
    const left = tiles.map((tile) => [tile, 1]);
    const loops: TreeNode[] = order.map((rank, i) => ({
      kind: "loop",
      rank: ranks[rank]!,
      tile: left[rank]!.shift()!,
      ...(i === unrolled && { mesh: { dimension: "X", level: "Regs" } }),
    }));
    const mapping: TreeNode[] = [{ kind: "store", level: "DRAM", tensors: ["A", "B", "C"], persistent: false }];
    loops.push({ kind: "compute", einsum: "E" });
    loops.forEach((node, at) => {
      for (const [place, tensor, level] of stores) {
        if (place !== at) continue;
        mapping.push({ kind: "store", level: level === 0 ? "Buffer" : "Regs", tensors: [tensor], persistent: false });
      }
      mapping.push(node);
    });
    const level = { readEnergy: 1, writeEnergy: 1, readBandwidth: 1, writeBandwidth: 1 };
    return {
      architecture: {
        name: "random",
        levels: [
          { name: "DRAM", ...level },
          { name: "Buffer", ...level },
          { name: "Regs", ...level, spatial: [{ name: "X", fanout: 6 }] },
        ],
        compute: { name: "MAC", energy: 1, throughput: 1 },
      },
      cascade: {
        name: "product",
        ranks: new Map(Object.entries(RANKS)),
        einsums: [
          {
            name: "E",
            inputs: [
              { tensor: "A", proj: TENSORS.A },
              { tensor: "B", proj: TENSORS.B },
            ],
            output: { tensor: "C", proj: TENSORS.C },
          },
        ],
        bits: new Map(),
      },
      mapping,
    };
  });

it("counts what a walk through every iteration of every loop counts", () => {
  fc.assert(
    fc.property(randomTree, (tree) => {
      const [path] = pathsOf(tree);
      const { actions, computes } = countActions(path!);
      const walked = walk(path!);
      expect(computes).toBe(walked.computes);
      expect(actions.map(({ tensor, reads, writes }) => ({ tensor, reads, writes }))).toEqual(walked.actions);
    }),
    { numRuns: 300, seed: 1 },
  );
});

/** Runs the nest iteration by iteration; every mesh loop is walked, and its accesses are shared afterwards. */
function walk(path: Path) {
  const { steps, tensors, einsum } = path;
  let computes = 0;
  const actions = tensors.flatMap(({ tensor }) =>
    steps
      .filter((step) => step.kind === "store" && step.tensor === tensor)
      .map(() => ({ tensor, reads: 0, writes: 0 })),
  );
  const seen = new Set<string>();
  const visit = (at: number, indices: readonly number[]) => {
    const step = steps[at];
    if (step?.kind === "loop") {
      for (let i = 0; i < step.trips; i++) visit(at + 1, [...indices, i]);
      return;
    }
    if (step === undefined) {
      computes++;
      tensors.forEach((_, t) => void access(t, steps.length, indices));
      return;
    }
    access(
      tensors.findIndex(({ tensor }) => tensor === step.tensor),
      at,
      indices,
    );
    visit(at + 1, indices);
  };
  /** The node at `at` (or the compute unit) meets the next outer node of its tensor. */
  const access = (t: number, at: number, indices: readonly number[]) => {
    const projection = tensors[t]!;
    const own = steps.flatMap((step, i) => (step.kind === "store" && step.tensor === projection.tensor ? [i] : []));
    const place = at === steps.length ? own.length : own.indexOf(at);
    if (place === 0) return;
    const base = tensors
      .slice(0, t)
      .reduce((sum, { tensor }) => sum + steps.filter((s) => s.kind === "store" && s.tensor === tensor).length, 0);
    const outer = actions[base + place - 1]!;
    const inner = place < own.length ? actions[base + place] : undefined;
    const words = footprint(projection, steps[at]?.extents ?? path.inside);
    const loops = steps.slice(0, at).flatMap((step, i) => (step.kind === "loop" ? [{ step, i }] : []));
    const irrelevantMesh = (step: Step) =>
      step.kind === "loop" && step.meshLevel !== undefined && !projection.relevant.has(step.rank);
    const shares = loops
      .filter(({ step, i }) => i > own[place - 1]! && irrelevantMesh(step))
      .reduce((product, { step }) => product * (step as Extract<Step, { kind: "loop" }>).trips, 1);
    if (projection.tensor !== einsum.output.tensor) {
      outer.reads += words / shares;
      if (inner) inner.writes += words;
      return;
    }
    const isPlace = ({ step }: { step: Step }) =>
      step.kind === "loop" && (projection.relevant.has(step.rank) || step.meshLevel !== undefined);
    const key = `${at}:${loops.map((loop, n) => (isPlace(loop) ? indices[n] : "")).join()}`;
    outer.writes += words / shares;
    if (inner) inner.reads += words;
    if (seen.has(key)) {
      outer.reads += words / shares;
      if (inner) inner.writes += words;
    }
    seen.add(key);
  };
  visit(0, []);
  // Shares of a word are summed: whole again but for rounding.
  return {
    computes,
    actions: actions.map(({ tensor, reads, writes }) => ({ tensor, reads: whole(reads), writes: whole(writes) })),
  };
}

function whole(words: number): number {
  return Math.abs(words - Math.round(words)) < 1e-6 ? Math.round(words) : words;
}
