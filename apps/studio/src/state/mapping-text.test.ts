import type { Mapping } from "@loopnest/mapspace";
import { expect, it } from "vitest";
import { mappingFrom, mappingText } from "./mapping-text.js";

const names = { levels: ["DRAM", "Buffer"], dims: ["K", "C"], tensors: ["Weights", "Inputs", "Outputs"] };
const uneven: Mapping = [
  { level: "DRAM", temporal: [["K", 4]], spatial: [], keeps: ["Weights", "Inputs", "Outputs"] },
  { level: "Buffer", temporal: [["C", 8]], spatial: [], keeps: ["Weights"] },
  { level: "Buffer", temporal: [], spatial: [["K", 2, "X"]], keeps: ["Inputs"] },
];

it("a mapping of store nodes comes back from its text", () => {
  expect(mappingText(uneven)).toBe("K4--Weights.Inputs.Outputs/C8--Weights/~-K2X-Inputs");
  expect(mappingFrom(mappingText(uneven), names)).toEqual(uneven);
});

it.each(["", "~--/--", "--/--/--", "--", "K4--/Z2--", "K4--Nothing/--", "K0--/--"])("%j is no mapping", (text) => {
  expect(mappingFrom(text, names)).toBeNull();
});
