import { describe, expect, it } from "vitest";
import { changed } from "./changed-fixture.js";

describe("a mapping that loopnest cannot take", () => {
  it.each([
    [
      "Q=12 C=2",
      "Q=12,5 C=2",
      "Q=12,5",
      "unsupported mapping[0].factors: Q=12,5 is an imperfect factor; pad Q to 12: write Q=12 here and a bound of 12",
    ],
    ["Q=12 C=2", "Q=12 D=2", "D=2", "input mapping[0].factors: unknown dimension D"],
    ["Q=12 C=2", "Q=12 Q=2", "Q=2", "input mapping[0].factors: Q is listed twice"],
    ["Q=12 C=2", "Q=12 C<=2", "target: DRAM", "input mapping[0]: C<=2 in a mapping"],
    ["Q=12 C=2", "Q=12 C=x", "C=x", "input mapping[0].factors: C=x is not a factor"],
    ["permutation: RSPNCKQ", "permutation: RSPNCKZ", "RSPNCKZ", "input mapping[0].permutation: unknown dimension Z"],
    ["target: DRAM", "target: DRAMM", "DRAMM", "input mapping[0].target: unknown level DRAMM; did you mean DRAM"],
    [
      "target: DRAM",
      "target: 3",
      "target: ^3",
      "input mapping[0].target: there is no level 3; levels are 0 to 2, 0 being the innermost",
    ],
    [
      "keep: [Weights]\n  bypass: [Inputs, Outputs]",
      "keep: [Weights, Inputs]",
      "target: WeightRegister",
      "input mapping[3]: WeightRegister cannot keep Inputs; keep a subset of Weights",
    ],
    ["type: datatype", "type: skew", "skew", "unsupported mapping[3].type: a directive of type skew"],
    ["type: datatype", "type: hasOwnProperty", "hasOwn", "unsupported mapping[3].type: a directive of type hasOwnPro"],
    [
      "split: 1 #",
      "no_link_transfer: [Weights] #",
      "no_link",
      "unsupported mapping[2].no_link_transfer: no_link_transfer in a spatial directive",
    ],
    [
      "type: spatial\n  factors: [C=8, K=4]\n  permutation: K C\n  split: 1",
      "type: temporal\n  factors: [N=1]",
      "target: Buffer\n  type: temporal\n  factors: [",
      "input mapping[2]: a second temporal directive for Buffer",
    ],
  ])("%s -> %s", (from, to, marker, expected) => {
    expect(changed("map.yaml", from, to, marker)).toContain(expected);
  });
});
