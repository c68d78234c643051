import { conv, type Edge, matmul } from "@loopnest/mapspace";
import { describe, it } from "vitest";
import { type Cascade, checkSegment } from "./check-segment.js";

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

interface Case extends Cascade {
  readonly name: string;
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
  for (const { name, ...cascade } of cases) {
    it(`${name}: the best that plain enumeration finds, counted with explicit buffers`, { timeout: 60_000 }, () =>
      checkSegment(cascade),
    );
  }
});
