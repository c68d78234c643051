import { conv, type Problem, systolic } from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import { type Counted, countsOf, levels } from "../../test/counts-of-mapping.js";

type Loops = [string, number][];
interface Bounds {
  readonly [dim: string]: number;
}

/** Bytes of an unfinished sum. */
const SUM_BYTES = 4;

/**
 * Runs a tiled loop nest: at every tile that changes, lists the addresses of its words one by one and counts how many
 * lie side by side; keeps book of which sums have been left before, and of the weights that enter the array.
 */
function walk(dims: Bounds, stride: number, outer: Loops, array: { C: number; K: number }): Partial<Counted> {
  const factor = (d: string) => outer.find(([name]) => name === d)?.[1] ?? 1;
  const tile = (d: string) => (dims[d] ?? 1) / factor(d);
  const image = { height: (dims["P"]! - 1) * stride + dims["R"]!, width: (dims["Q"]! - 1) * stride + dims["S"]! };
  const index: Record<string, number> = {};
  const at = (d: string) => (index[d] ?? 0) * tile(d);
  const range = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i);
  const channels = () => range(at("C"), tile("C"));
  const words: Record<string, () => number[]> = {
    input: () =>
      range(at("P") * stride + at("R"), (tile("P") - 1) * stride + tile("R")).flatMap((h) =>
        range(at("Q") * stride + at("S"), (tile("Q") - 1) * stride + tile("S")).flatMap((w) =>
          channels().map((c) => (h * image.width + w) * dims["C"]! + c),
        ),
      ),
    weight: () =>
      range(at("R"), tile("R")).flatMap((r) =>
        range(at("S"), tile("S")).flatMap((s) =>
          channels().flatMap((c) =>
            range(at("K"), tile("K")).map((k) => ((r * dims["S"]! + s) * dims["C"]! + c) * dims["K"]! + k),
          ),
        ),
      ),
    store: () =>
      range(at("P"), tile("P")).flatMap((p) =>
        range(at("Q"), tile("Q")).flatMap((q) =>
          range(at("K"), tile("K")).map((k) => (p * dims["Q"]! + q) * dims["K"]! + k),
        ),
      ),
  };
  const runsOf = (addresses: readonly number[]) => {
    const sorted = [...addresses].sort((a, b) => a - b);
    return sorted.filter((one, i) => i === 0 || sorted[i - 1] !== one - 1).length;
  };
  const moves: Record<string, string> = { input: "CPQRS", weight: "CKRS", store: "KPQ" };
  const counted: Record<string, number> = {
    calls: 0,
    preloads: 0,
    computeCommands: 0,
    streamedRows: 0,
    storeBytes: 0,
    storeRows: 0,
  };
  const last: Record<string, string> = {};
  const leftSums = new Map<string, number>();
  const step = (depth: number) => {
    if (depth < outer.length) {
      const [dim, bound] = outer[depth]!;
      for (let i = 0; i < bound; i++) {
        index[dim] = i;
        step(depth + 1);
      }
      return;
    }
    counted["calls"]!++;
    const blocks = (tile("C") / array.C) * (tile("K") / array.K) * tile("R") * tile("S");
    counted["computeCommands"]! += blocks;
    counted["preloads"]! += blocks * array.C;
    counted["streamedRows"]! += blocks * tile("P") * tile("Q");
    for (const [prefix, dimsOf] of Object.entries(moves)) {
      const now = [...dimsOf].map((d) => index[d] ?? 0).join();
      if (now === last[prefix]) continue;
      last[prefix] = now;
      const addresses = words[prefix]!();
      if (prefix === "store") {
        // It comes back as it left, and had not left finished after all.
        const before = leftSums.get(now) ?? 0;
        leftSums.set(now, before + 1);
        counted["storeBytes"]! += addresses.length * (before === 0 ? 1 : 2 * SUM_BYTES);
        counted["storeRows"]! += runsOf(addresses) * (before === 0 ? 1 : 2);
      } else {
        counted[`${prefix}Bytes`] = (counted[`${prefix}Bytes`] ?? 0) + addresses.length;
        counted[`${prefix}Rows`] = (counted[`${prefix}Rows`] ?? 0) + runsOf(addresses);
      }
    }
  };
  step(0);
  return counted;
}

function mappingOf(dims: Bounds, outer: Loops, array: { C: number; K: number }) {
  const left = (d: string) =>
    dims[d]! / (outer.find(([name]) => name === d)?.[1] ?? 1) / (d === "C" || d === "K" ? array[d] : 1);
  const inner = ["K", "S", "R", "C", "Q", "P"].map((d): [string, number] => [d, left(d)]);
  const iterated = (loops: Loops) => loops.filter(([, n]) => n > 1);
  return levels(iterated(outer), array.K, iterated(inner), array.C, "Y");
}

const whole = { R: 3, S: 3, P: 8, Q: 6, C: 12, K: 16 };
const cases: [string, Bounds, number, Loops, { C: number; K: number }][] = [
  ["all in one tile", whole, 1, [], { C: 4, K: 8 }],
  ["rows of the image", whole, 1, [["P", 4]], { C: 4, K: 8 }],
  [
    "parts of rows, strided",
    whole,
    2,
    [
      ["P", 2],
      ["Q", 3],
    ],
    { C: 3, K: 4 },
  ],
  [
    "channels of a tile are not all",
    whole,
    1,
    [
      ["K", 2],
      ["P", 2],
      ["C", 3],
    ],
    { C: 4, K: 8 },
  ],
  [
    "sums that leave and come back",
    whole,
    1,
    [
      ["C", 3],
      ["R", 3],
      ["P", 4],
      ["K", 2],
    ],
    { C: 2, K: 8 },
  ],
  [
    "kernel rows in the middle",
    whole,
    1,
    [
      ["Q", 2],
      ["S", 3],
      ["K", 4],
      ["C", 2],
    ],
    { C: 6, K: 4 },
  ],
  [
    "a pixel at a time, stride 2",
    { ...whole, R: 1, S: 1 },
    2,
    [
      ["Q", 6],
      ["P", 8],
      ["K", 2],
    ],
    { C: 4, K: 8 },
  ],
];

describe("counts of a plain driver", () => {
  it.each(cases)("are those of the loop nest run word by word: %s", (_, dims, stride, outer, array) => {
    const problem: Problem = conv({ ...(dims as typeof whole), stride });
    const got = countsOf(problem, mappingOf(dims, outer, array), "plain", 16, systolic);
    for (const [name, wanted] of Object.entries(walk(dims, stride, outer, array))) {
      expect(got[name as keyof Counted] / wanted!, name).toBeCloseTo(1, 9);
    }
    // Between the requests that aligned runs take, and those of runs that begin anywhere.
    for (const prefix of ["input", "weight"] as const) {
      const [commands, runs, bytes] = [got[`${prefix}Commands`], got[`${prefix}Rows`], got[`${prefix}Bytes`]];
      expect(commands).toBeGreaterThanOrEqual((1 - 1e-9) * Math.max(runs, bytes / 64));
      expect(commands).toBeLessThanOrEqual((1 + 1e-9) * (runs + bytes / 64));
    }
  });
});
