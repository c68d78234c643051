import { describe, expect, it } from "vitest";
import { LoopnestError } from "../errors/loopnest-error.js";
import { splitBits } from "../problem/element-bits.js";
import { SourceText, validate, workloadSchema } from "../schema/index.js";
import { shapeKey } from "./merge-layers.js";
import { withWorkloadBits } from "./workload-bits.js";

const file = (text: string) => validate(new SourceText(text, { file: "net.yaml" }), workloadSchema);
const head = "name: net\ndataMovement: [{name: pool, kind: MaxPool, count: 1, wordsRead: 4, wordsWritten: 2}]\n";
const layers = "layers:\n  - {matmul: {name: a, m: 4, k: 8, n: 2}}\n  - matmul: {name: b, m: 4, k: 8, n: 2}\n";
const bitsOf = (text: string) => file(text).layers.map(({ problem }) => splitBits(problem).bits);

describe("widths in a workload file", () => {
  it("hold for all layers; what a layer says goes before", () => {
    const bits = "bits: {weights: 4, Inputs: 8, Outputs: 8, partialSums: 32, dataMovement: 16}\n";
    expect(bitsOf(`${head}${bits}${layers}    bits: {Weights: 2}`)).toEqual([
      { Weights: 4, Inputs: 8, Outputs: 8, partialSums: 32 },
      { Weights: 2, Inputs: 8, Outputs: 8, partialSums: 32 },
    ]);
    expect(file(head + bits + layers).dataMovement).toMatchObject([{ bits: 16 }]);
    expect(bitsOf(head + layers)).toEqual([{}, {}]);
  });

  it("are refused with the place where they stand", () => {
    const said = (text: string) => {
      try {
        file(text);
      } catch (error) {
        if (!(error instanceof LoopnestError)) throw error;
        return `${error.data.position?.line}: ${error.message}`;
      }
      return "nothing";
    };
    expect(said(`${head}bits:\n  weigths: 4\n${layers}`)).toMatch(/^4: bits\.weigths.*did you mean Weights/);
    expect(said(`${head}${layers}    bits:\n      Filters: 4`)).toMatch(/^7: .*Filters.*use one of/);
    expect(said(`${head}${layers}    bits: {Outputs: 16, partialSums: 8}`)).toMatch(
      /^6: .*partial sums of 8 bits are narrower than finished Outputs of 16.*give partialSums at least 16/,
    );
    expect(said(`${head}bits: {Outputs: 16}\n${layers}    bits: {partialSums: 8}`)).toMatch(/narrower than finished/);
    expect(said(`${head}bits: {Weights: 0.5}\n${layers}`)).toMatch(/^3: .*bits\.Weights/);
    expect(said(`name: net\nbits: {dataMovement: 8}\n${layers}`)).toMatch(/^2: .*nothing called dataMovement/);
  });

  it("may be said anew; layers of other widths are not the same", () => {
    const workload = file(`${head}bits: {Weights: 4, dataMovement: 16}\n${layers}`);
    const anew = withWorkloadBits(workload, { WEIGHTS: 8, dataMovement: 8 });
    expect(anew.layers.map(({ problem }) => splitBits(problem).bits)).toEqual([{ Weights: 8 }, { Weights: 8 }]);
    expect(anew.dataMovement).toMatchObject([{ bits: 8 }]);
    expect(shapeKey(anew.layers[0]!.problem)).not.toBe(shapeKey(workload.layers[0]!.problem));
    expect(() => withWorkloadBits(workload, { Filters: 8 }, "--bits")).toThrow(
      /--bits\.Filters.*nothing called Filters/,
    );
  });
});
