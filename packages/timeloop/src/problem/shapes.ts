import type { SourceFile } from "../yaml/fill-includes.js";

/** Timeloop's layer of a convolutional network: P and R along the width, Q and S along the height. */
const CNN_LAYER = `shape:
  name: cnn-layer
  dimensions: [R, S, P, Q, C, K, N]
  coefficients:
  - {name: Wstride, default: 1}
  - {name: Hstride, default: 1}
  - {name: Wdilation, default: 1}
  - {name: Hdilation, default: 1}
  data-spaces:
  - name: Weights
    projection: [[[C]], [[K]], [[R]], [[S]]]
  - name: Inputs
    projection: [[[N]], [[C]], [[R, Wdilation], [P, Wstride]], [[S, Hdilation], [Q, Hstride]]]
  - name: Outputs
    projection: [[[N]], [[K]], [[Q]], [[P]]]
    read-write: true
`;

const GEMM_ABZ = `shape:
  name: gemm-ABZ
  dimensions: [M, N, K]
  data-spaces:
  - name: A
    projection: [[[M]], [[K]]]
  - name: B
    projection: [[[N]], [[K]]]
  - name: Z
    projection: [[[M]], [[N]]]
    read-write: true
`;

/** The problem shapes that come with Timeloop, by name, in files as it reads them. */
export const builtInShapes: ReadonlyMap<string, SourceFile> = new Map([
  ["cnn_layer", { file: "cnn-layer.yaml (built in)", text: CNN_LAYER }],
  ["gemm_ABZ", { file: "gemm-ABZ.yaml (built in)", text: GEMM_ABZ }],
]);
