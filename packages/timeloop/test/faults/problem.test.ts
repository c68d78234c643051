import { describe, expect, it } from "vitest";
import { readProblem } from "../../src/index.js";
import { fault, fixtureText, place } from "../fixture-files.js";

describe("a problem that loopnest cannot take", () => {
  const gemm = fixtureText("output-stationary-flat", "gemm.yaml");
  it.each([
    ["  K: 24\n", "", "shape:", "input problem: K is missing; give the bound of K"],
    ["  K: 24\n", "  K: 0\n", "0\n  gap", "input problem.K: is 0; write a whole number of at least 1"],
    [
      "[[M, gap]]",
      "[[M, gab]]",
      "gab",
      "input problem.shape.data-spaces[0].projection[0][0][1]: unknown coefficient gab; the shape has gap",
    ],
    [
      "[[M, gap]]",
      "[[L, gap]]",
      "L, gap",
      "input problem.shape.data-spaces[0].projection[0][0][0]: unknown dimension L; the shape has M, N, K",
    ],
    ["[M, N, K]", "[M, N, K", "coefficients", "input undefined: "],
  ])("%s -> %s", (from, to, marker, expected) => {
    const text = gemm.replace(from, to);
    const said = fault(() => readProblem(text, { file: "p.yaml" }));
    const at = `p.yaml:${place(text, marker)}: `;
    expect(said).toContain(at);
    expect(said.replace(at, "")).toContain(expected);
  });

  it("names a shape that is nowhere", () => {
    const text = "problem:\n  shape: cnn-layr\n  C: 1\n";
    expect(fault(() => readProblem(text, { file: "p.yaml" }))).toBe(
      "input p.yaml:2:10: problem.shape: unknown shape cnn-layr; write the shape here, give its file too, or " +
        "use cnn-layer or gemm-ABZ",
    );
    expect(fault(() => readProblem("problem: {C: 1, Wstrid: 2}", { file: "p.yaml" }))).toContain(
      "did you mean Wstride",
    );
  });

  it("finds a shape in another file", () => {
    const shape =
      "shape:\n  name: dot\n  dimensions: [K]\n  data-spaces:\n  - {name: A, projection: [K]}\n  - {name: Z, " +
      "projection: [], read-write: true}\n";
    const read = readProblem("problem: {shape: dot, K: 8}", {
      file: "p.yaml",
      shapes: [{ file: "shapes/dot.yaml", text: shape }],
    });
    expect(read).toEqual({
      name: "dot",
      dims: { K: 8 },
      tensors: [
        { name: "A", role: "input", ranks: [[["K", 1]]] },
        { name: "Z", role: "output", ranks: [] },
      ],
    });
  });
});
