import { describe, expect, it } from "vitest";
import { LoopnestError } from "../errors/loopnest-error.js";
import { macs, tensorWords } from "../problem/problem.js";
import { type Workload, workloadMacs } from "../workload/workload.js";
import { bertBase, gpt2, llama3_8b, vitB16 } from "./index.js";
import { attention } from "./transformer.js";

function layer(network: Workload, name: string) {
  return network.layers.find(({ problem }) => problem.name === name)!;
}

describe("attention", () => {
  it("has one group a sequence and head, in both products", () => {
    const [scores, context] = attention({ batch: 2, heads: 3, headSize: 5, queries: 7, context: 11 });
    expect(scores?.problem.dims).toMatchObject({ G: 6, P: 7, C: 5, K: 11 });
    expect(context?.problem.dims).toMatchObject({ G: 6, P: 7, C: 11, K: 5 });
  });

  it("reads shared keys once: same MACs, a quarter of the words with four queries to a key", () => {
    const shape = { batch: 1, heads: 8, headSize: 16, queries: 3, context: 20 };
    const own = attention(shape)[0]!.problem;
    const shared = attention({ ...shape, keyValueHeads: 2 })[0]!.problem;
    const keyWords = (problem: typeof own) => tensorWords(problem, problem.tensors[0]!);
    expect(macs(shared)).toBe(macs(own));
    expect(keyWords(own)).toBe(8 * 16 * 20);
    expect(keyWords(shared)).toBe(2 * 16 * 20);
  });
});

/** MACs of attention: every token meets every other, once for scores and once for context. */
const attentionMacs = (blocks: number, hidden: number, tokens: number, context: number) =>
  2 * blocks * hidden * tokens * context;

describe("closed forms", () => {
  const bertLayer = 4 * 768 ** 2 + 2 * 768 * 3072;

  it.each([
    [128, 1],
    [384, 4],
  ])("bert-base at %i tokens, batch %i", (sequence, batch) => {
    const expected = batch * (12 * sequence * bertLayer + attentionMacs(12, 768, sequence, sequence) + 768 ** 2);
    expect(workloadMacs(bertBase({ sequence, batch }))).toBe(expected);
  });

  it("vit-b16 at 384 pixels has 577 tokens", () => {
    const ends = 24 ** 2 * 3 * 16 ** 2 * 768 + 768 * 1000;
    const expected = 577 * 12 * bertLayer + attentionMacs(12, 768, 577, 577) + ends;
    expect(workloadMacs(vitB16({ imageSize: 384 }))).toBe(expected);
  });

  // Parameters that are multiplied by: 12 blocks and the words' embedding.
  it("gpt2 decodes with one MAC a parameter and two a word of its context", () => {
    const expected = 12 * bertLayer + 50257 * 768 + attentionMacs(12, 768, 1, 300);
    expect(workloadMacs(gpt2({ phase: "decode", context: 300 }))).toBe(expected);
    expect(workloadMacs(gpt2({ phase: "decode", context: 300, batch: 8 }))).toBe(8 * expected);
  });

  it("gpt2 scores the vocabulary once for a prompt", () => {
    const expected = 300 * 12 * bertLayer + 50257 * 768 + attentionMacs(12, 768, 300, 300);
    expect(workloadMacs(gpt2({ phase: "prefill", sequence: 300 }))).toBe(expected);
  });

  // 8,030,261,248 parameters less 65 normalisations and the embedding.
  it("llama-3-8b decodes with one MAC a parameter that is multiplied by", () => {
    const multiplied = 8_030_261_248 - 65 * 4096 - 128256 * 4096;
    const expected = multiplied + attentionMacs(32, 4096, 1, 2048);
    expect(workloadMacs(llama3_8b({ phase: "decode" }))).toBe(expected);
  });

  it("llama-3-8b reads 8 heads of keys", () => {
    const { problem, count } = layer(llama3_8b({ phase: "prefill", sequence: 100 }), "attention-scores");
    expect(count).toBe(32);
    expect(problem.dims).toMatchObject({ G: 8, P: 400, C: 128, K: 100 });
  });

  it("a prompt of one token costs what decoding the first one does", () => {
    expect(llama3_8b({ phase: "prefill", sequence: 1 }).layers).toEqual(
      llama3_8b({ phase: "decode", context: 1 }).layers,
    );
  });
});

describe("options", () => {
  it.each([
    ["a sequence beyond BERT's 512 positions", () => bertBase({ sequence: 513 }), "bertBase.sequence"],
    ["a context beyond GPT-2's 1024 positions", () => gpt2({ phase: "decode", context: 1025 }), "gpt2.context"],
    ["a sequence of no tokens", () => gpt2({ phase: "prefill", sequence: 0 }), "gpt2.sequence"],
    ["half a batch", () => llama3_8b({ phase: "decode", batch: 0.5 }), "llama3_8b.batch"],
    ["an unknown phase", () => gpt2({ phase: "training" as "decode" }), "gpt2.phase"],
    ["an image of 14.3 patches", () => vitB16({ imageSize: 229 }), "vitB16.imageSize"],
  ])("%s is refused", (_, build, path) => {
    expect(build).toThrow(LoopnestError);
    try {
      build();
    } catch (error) {
      expect((error as LoopnestError).data).toMatchObject({ code: "input", path });
    }
  });
});
