import { conv, depthwiseConv, matmul, type Problem, type Rank } from "@loopnest/mapspace";
import fc from "fast-check";

/** A problem whose bounds are yet to come. */
export interface Operator {
  readonly dims: readonly string[];
  readonly build: (bounds: Readonly<Record<string, number>>) => Problem;
}

/** `none`: no rank sums dimensions. `most`: few dimensions, so that loops of a window nest and unroll together. */
export type Windows = "none" | "any" | "most";

/** Convolutions with strides, dilations and groups, matrix products, arbitrary affine shapes. */
export function operators(windows: Windows): fc.Arbitrary<Operator> {
  const lists = {
    none: [productOperator, affineOperator(1)],
    any: [convOperator, productOperator, affineOperator(3), windowOperator],
    most: [windowOperator],
  };
  return fc.oneof(...lists[windows]);
}

const small = fc.integer({ min: 1, max: 3 });

const convOperator: fc.Arbitrary<Operator> = fc
  .record({
    stride: fc.tuple(small, small),
    dilation: fc.tuple(small, small),
    groups: fc.constantFrom("none", "G", "depthwise"),
  })
  .map(({ stride, dilation, groups }) => {
    const window = ["R", "S", "P", "Q"];
    if (groups === "depthwise") {
      return {
        dims: [...window, "G"],
        build: ({ R = 1, S = 1, P = 1, Q = 1, G = 1 }) => depthwiseConv({ R, S, P, Q, channels: G, stride, dilation }),
      };
    }
    const grouped = groups === "G";
    return {
      dims: [...window, "C", "K", ...(grouped ? ["G"] : ["N"])],
      build: ({ R = 1, S = 1, P = 1, Q = 1, C = 1, K = 1, N = 1, G = 1 }) =>
        conv({ R, S, P, Q, C, K, N, stride, dilation, ...(grouped ? { G } : {}) }),
    };
  });

/** Matrix products, batched or not. */
const productOperator: fc.Arbitrary<Operator> = fc.boolean().map((batched) => ({
  dims: ["P", "C", "K", ...(batched ? ["G"] : [])],
  build: ({ P = 1, C = 1, K = 1, G }) => matmul({ m: P, k: C, n: K, ...(G === undefined ? {} : { batch: G }) }),
}));

/** An input that is one window, and two tensors that each lack one of its dimensions. */
const windowOperator: fc.Arbitrary<Operator> = fc.tuple(small, small).map(([left, right]) => ({
  dims: ["A", "B", "K"],
  build: (bounds) => ({
    name: "window",
    dims: bounds,
    tensors: [
      {
        name: "Window",
        role: "input",
        ranks: [
          [
            ["A", left],
            ["B", right],
          ],
        ],
      },
      { name: "Filter", role: "input", ranks: [[["K", 1]], [["B", 1]]] },
      { name: "Out", role: "output", ranks: [[["K", 1]], [["A", 1]]] },
    ],
  }),
}));

/**
 * Two inputs and an output of up to three ranks of up to `maxTerms` terms; without windows the output has no gaps
 * either.
 */
function affineOperator(maxTerms: number): fc.Arbitrary<Operator> {
  const dims = ["A", "B", "C", "D", "E"];
  const ranks = (maxCoefficient: number): fc.Arbitrary<Rank[]> =>
    fc
      .tuple(
        fc.shuffledSubarray(dims, { minLength: 1 }),
        fc.array(fc.integer({ min: 1, max: maxCoefficient }), { minLength: 5, maxLength: 5 }),
        fc.array(fc.integer({ min: 1, max: maxTerms }), { minLength: 1, maxLength: 3 }),
      )
      .map(([order, coefficients, lengths]) => {
        const terms = order.map((dim, i) => [dim, coefficients[i]!] as const);
        return lengths.map((length) => terms.splice(0, length)).filter((rank) => rank.length > 0);
      });
  return fc
    .record({ left: ranks(3), right: ranks(3), out: ranks(maxTerms === 1 ? 1 : 3) })
    .map(({ left, right, out }) => ({
      dims,
      build: (bounds) => ({
        name: "affine",
        dims: bounds,
        tensors: [
          { name: "Left", role: "input", ranks: left },
          { name: "Right", role: "input", ranks: right },
          { name: "Out", role: "output", ranks: out },
        ],
      }),
    }));
}
