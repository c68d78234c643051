import { type ElementBits, matmul, withBits } from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import { readOnnx } from "../src/index.js";
import { type AttributeValue, GraphBuilder } from "./model-builder.js";

/** The only layer of a model with one operator, its inputs given by their shapes. */
function layer(operator: string, shapes: readonly number[][], attributes: Record<string, AttributeValue> = {}) {
  const g = new GraphBuilder();
  const inputs = shapes.map((shape, i) => g.input(`x${i}`, shape));
  g.output(g.node(operator, inputs, attributes, "/product/Product"));
  const { layers } = readOnnx(g.bytes()).workload;
  expect(layers).toHaveLength(1);
  const { name, ...problem } = layers[0]!.problem;
  expect(name).toMatch(/^product/);
  return problem;
}

function product(m: number, n: number, k: number, batch?: number) {
  const { name: _, ...problem } = matmul({ m, n, k, ...(batch !== undefined && { batch }) });
  return problem;
}

function wide(problem: ReturnType<typeof product>, bits: ElementBits) {
  const { name: _, ...own } = withBits({ ...problem, name: "" }, bits);
  return own;
}

describe("matrix products", () => {
  it("of a stack with the same weights are one product with more rows", () => {
    expect(
      layer("MatMul", [
        [8, 128, 768],
        [768, 3072],
      ]),
    ).toEqual(product(8 * 128, 3072, 768));
  });

  it("of two stacks are independent", () => {
    expect(
      layer("MatMul", [
        [2, 12, 128, 64],
        [2, 12, 64, 128],
      ]),
    ).toEqual(product(128, 128, 64, 24));
  });

  it("of a matrix with a stack are one product with more columns", () => {
    expect(
      layer("MatMul", [
        [16, 32],
        [5, 32, 9],
      ]),
    ).toEqual(product(16, 5 * 9, 32));
  });

  it("with stacks of which a part is shared keep what is shared together", () => {
    // Two heads use the same keys: their rows are stacked.
    expect(
      layer("MatMul", [
        [4, 2, 10, 64],
        [4, 1, 64, 30],
      ]),
    ).toEqual(product(2 * 10, 30, 64, 4));
  });

  it("with vectors have one row or column", () => {
    expect(layer("MatMul", [[64], [64, 10]])).toEqual(product(1, 10, 64));
    expect(layer("MatMul", [[5, 64], [64]])).toEqual(product(5, 1, 64));
  });

  it("by Gemm may be transposed", () => {
    expect(
      layer(
        "Gemm",
        [
          [3, 20],
          [3, 40],
        ],
        { transA: 1 },
      ),
    ).toEqual(product(20, 40, 3));
    expect(
      layer(
        "Gemm",
        [
          [20, 3],
          [40, 3],
        ],
        { transB: 1 },
      ),
    ).toEqual(product(20, 40, 3));
  });

  it("may have their rows in front of their stack", () => {
    const shapes = [
      [4, 3, 6],
      [6, 3, 7],
    ];
    expect(layer("com.microsoft.FusedMatMul", shapes, { transBatchA: 1, transBatchB: 1 })).toEqual(product(4, 7, 6, 3));
  });

  it("of quantised models have their right operand elsewhere", () => {
    const sums = { Outputs: 32, partialSums: 32 };
    expect(layer("MatMulInteger", [[4, 8], [8, 2], [], []])).toEqual(wide(product(4, 2, 8), sums));
    const finished = { Outputs: 8, partialSums: 32 };
    expect(layer("QLinearMatMul", [[4, 8], [], [], [8, 2], [], [], [], []])).toEqual(wide(product(4, 2, 8), finished));
    expect(
      layer(
        "com.microsoft.MatMulNBits",
        [
          [1, 7, 64],
          [128, 2, 16],
        ],
        { K: 64, N: 128 },
      ),
    ).toEqual(wide(product(7, 128, 64), { Weights: 4 }));
  });

  it("that do not fit are refused", () => {
    expect(() =>
      layer("MatMul", [
        [4, 8],
        [7, 2],
      ]),
    ).toThrow("8 columns times 7 rows");
    expect(() =>
      layer("MatMul", [
        [3, 4, 8],
        [2, 8, 2],
      ]),
    ).toThrow("stacks of 3 and 2 matrices");
  });
});

describe("Einsum", () => {
  it.each<[equation: string, shapes: number[][], wanted: ReturnType<typeof product>]>([
    [
      "bhid,bhjd->bhij",
      [
        [2, 4, 10, 64],
        [2, 4, 30, 64],
      ],
      product(10, 30, 64, 8),
    ],
    [
      "bsd,dhk->bshk",
      [
        [2, 10, 64],
        [64, 4, 16],
      ],
      product(20, 64, 64),
    ],
    [
      "...ij,...jk->...ik",
      [
        [6, 7, 2, 3],
        [6, 7, 3, 5],
      ],
      product(2, 5, 3, 42),
    ],
    [
      "ij,jk",
      [
        [2, 3],
        [3, 5],
      ],
      product(2, 5, 3),
    ],
  ])("%s", (equation, shapes, wanted) => expect(layer("Einsum", shapes, { equation })).toEqual(wanted));

  it("of three operands is one product for each after the first", () => {
    const g = new GraphBuilder();
    const inputs = [
      [3, 4],
      [4, 5],
      [5, 6, 2],
    ].map((shape, i) => g.input(`x${i}`, shape));
    g.output(g.node("Einsum", inputs, { equation: "ij,jk,klb->bil" }, "/chain/Einsum"));
    const { layers } = readOnnx(g.bytes()).workload;
    expect(layers.map(({ problem: { name: _, ...problem } }) => problem)).toEqual([
      product(3, 5, 4),
      product(3, 12, 5),
    ]);
  });

  it("that does not fit its operands is refused", () => {
    expect(() =>
      layer(
        "Einsum",
        [
          [2, 3],
          [4, 5],
        ],
        { equation: "ij,jk->ik" },
      ),
    ).toThrow("j is 3 and 4");
  });
});

describe("attention as one operator", () => {
  const total = (operator: string, shapes: number[][], attributes: Record<string, number>) => {
    const g = new GraphBuilder();
    const inputs = shapes.map((shape, i) => (shape.length === 0 ? "" : g.input(`x${i}`, shape)));
    g.output(g.node(operator, inputs, attributes, `/attention/${operator.split(".").at(-1)}`));
    const { workload } = readOnnx(g.bytes());
    return workload.layers.map(({ problem, count }) => [problem.name, count, problem.dims]);
  };
  const scores = { R: 1, S: 1, P: 128, Q: 1, C: 64, K: 128, N: 1, G: 12 };

  it("has scores and values", () => {
    const wanted = [
      ["attention-scores", 1, scores],
      ["attention-values", 1, { ...scores, C: 128, K: 64 }],
    ];
    const split = [1, 12, 128, 64];
    expect(total("Attention", [split, split, split], {})).toEqual(wanted);
    const merged = [1, 128, 768];
    expect(total("com.microsoft.MultiHeadAttention", [merged, merged, merged], { num_heads: 12 })).toEqual(wanted);
    expect(total("Attention", [merged, merged, merged], { q_num_heads: 12, kv_num_heads: 12 })).toEqual(wanted);
  });

  it("may have its projections in it", () => {
    const layers = total("com.microsoft.Attention", [[1, 128, 768], [768, 2304], [2304]], { num_heads: 12 });
    expect(layers[0]).toEqual(["attention-projection", 1, { R: 1, S: 1, P: 128, Q: 1, C: 768, K: 2304, N: 1 }]);
    expect(layers[1]).toEqual(["attention-scores", 1, scores]);
  });

  it("of one new token looks at the keys of earlier ones; heads share keys", () => {
    const [query, key, past] = [
      [1, 1, 4096],
      [1, 1, 1024],
      [1, 8, 511, 128],
    ];
    const shapes = [query!, key!, key!, past!, past!];
    const layers = total("com.microsoft.GroupQueryAttention", shapes, { num_heads: 32, kv_num_heads: 8 });
    expect(layers).toEqual([
      ["attention-scores", 1, { R: 1, S: 1, P: 4, Q: 1, C: 128, K: 512, N: 1, G: 8 }],
      ["attention-values", 1, { R: 1, S: 1, P: 4, Q: 1, C: 512, K: 128, N: 1, G: 8 }],
    ]);
  });
});
