import { describe, expect, it } from "vitest";
import { similarNames, unknownName } from "./did-you-mean.js";

const names = ["gemmini", "eyeriss", "simba", "nvdla-small", "nvdla-large", "tpu-v1"];

describe("similarNames", () => {
  it("finds misspelt, misordered and differently cased names", () => {
    expect(similarNames("gemini", names)).toEqual(["gemmini"]);
    expect(similarNames("eyreiss", names)).toEqual(["eyeriss"]);
    expect(similarNames("SIMBA", names)).toEqual(["simba"]);
  });

  it("completes an unfinished name, and cuts one that goes on", () => {
    expect(similarNames("nvdla", names)).toEqual(["nvdla-small", "nvdla-large"]);
    expect(similarNames("tpu", names)).toEqual(["tpu-v1"]);
    expect(similarNames("gemmini-16x16", names)).toEqual(["gemmini"]);
  });

  it("puts the closest first and keeps to the limit", () => {
    expect(similarNames("abc", ["abcd", "abc", "abx", "aby"])).toEqual(["abc", "abcd", "abx"]);
    expect(similarNames("abc", ["abcd", "abc"], 1)).toEqual(["abc"]);
  });

  it("stays silent when nothing is close", () => {
    expect(similarNames("maestro-like", names)).toEqual([]);
    expect(similarNames("ab", ["xy"])).toEqual([]);
    expect(similarNames("", names)).toEqual([]);
  });
});

describe("unknownName", () => {
  it("suggests what was meant, or lists what there is", () => {
    expect(unknownName("target", "gemini", names, "target").message).toBe(
      "target: there is no target gemini; did you mean gemmini?",
    );
    expect(unknownName("target", "cerebras", names, "target").data).toMatchObject({
      code: "input",
      got: "cerebras",
      expected: names,
      fix: `choose one of ${names.join(", ")}`,
    });
  });
});
