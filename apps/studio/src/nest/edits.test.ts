import { type Mapping, matmul } from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import { moveFactor, productOf, reorderLoop, toggleKeep, typeFactor } from "./edits.js";

const problem = matmul({ m: 64, k: 64, n: 64 });
const mapping: Mapping = [
  { level: "DRAM", temporal: [["K", 4]], spatial: [], keeps: ["Weights", "Inputs", "Outputs"] },
  { level: "Scratchpad", temporal: [], spatial: [["K", 16, "X"]], keeps: ["Weights", "Inputs"] },
  {
    level: "Accumulator",
    temporal: [
      ["C", 4],
      ["P", 64],
    ],
    spatial: [["C", 16, "X"]],
    keeps: ["Outputs"],
  },
];

describe("a factor that moves", () => {
  const dram = { node: 0, kind: "temporal", dim: "K" } as const;

  it("leaves the product of the dimension as it is, and no loop of 1 behind", () => {
    const moved = moveFactor(mapping, dram, { node: 2, kind: "temporal" }, 4);
    expect(moved[0]!.temporal).toEqual([]);
    expect(moved[2]!.temporal).toEqual([
      ["C", 4],
      ["P", 64],
      ["K", 4],
    ]);
    expect(productOf(moved, "K")).toBe(64);
  });

  it("joins the loop that is there", () => {
    const moved = moveFactor(mapping, dram, { node: 1, kind: "X" }, 2);
    expect(moved[0]!.temporal).toEqual([["K", 2]]);
    expect(moved[1]!.spatial).toEqual([["K", 32, "X"]]);
  });

  it("stays where it does not divide, or where it is already", () => {
    expect(moveFactor(mapping, dram, { node: 2, kind: "temporal" }, 3)).toBe(mapping);
    expect(moveFactor(mapping, dram, { node: 0, kind: "temporal" }, 2)).toBe(mapping);
  });
});

describe("a factor that is typed", () => {
  it("lets the outermost loop take the rest", () => {
    const typed = typeFactor(problem, mapping, { node: 2, kind: "temporal", dim: "P" }, 16);
    expect(typed[0]!.temporal).toEqual([
      ["K", 4],
      ["P", 4],
    ]);
    expect(productOf(typed, "P")).toBe(64);
  });

  it("stands as it is typed where nothing whole is left, and at the outermost loop itself", () => {
    expect(productOf(typeFactor(problem, mapping, { node: 2, kind: "temporal", dim: "P" }, 48), "P")).toBe(48);
    expect(productOf(typeFactor(problem, mapping, { node: 0, kind: "temporal", dim: "K" }, 2), "K")).toBe(32);
  });
});

it("loops change places within their level, and stop at its ends", () => {
  expect(reorderLoop(mapping, 2, "P", -1)[2]!.temporal).toEqual([
    ["P", 64],
    ["C", 4],
  ]);
  expect(reorderLoop(mapping, 2, "P", 1)[2]).toBe(mapping[2]);
  expect(reorderLoop(mapping, 2, "K", 1)[2]).toBe(mapping[2]);
});

it("a tensor is kept in the order of the problem, or passes by", () => {
  const dropped = toggleKeep(problem, mapping, 1, "Weights");
  expect(dropped[1]!.keeps).toEqual(["Inputs"]);
  expect(toggleKeep(problem, dropped, 1, "Weights")[1]!.keeps).toEqual(mapping[1]!.keeps);
});
