import { gemmini, type Mapping, matmul } from "@loopnest/mapspace";
import { builtInEnergyTable, evaluate, priceTarget } from "@loopnest/model-analytical";
import { expect, it } from "vitest";
import { exportTimeloop, importTimeloop } from "../src/index.js";

const problem = matmul({ m: 32, k: 32, n: 32 });
const architecture = priceTarget(gemmini, builtInEnergyTable("dosa")).architecture({
  peDim: 4,
  scratchpadKb: 4,
  accumulatorKb: 4,
});
const mapping: Mapping = [
  { level: "DRAM", keeps: ["Weights", "Inputs", "Outputs"], temporal: [["K", 2]], spatial: [] },
  {
    level: "Scratchpad",
    keeps: ["Weights"],
    temporal: [
      ["P", 8],
      ["C", 2],
    ],
    spatial: [],
  },
  { level: "Scratchpad", keeps: ["Inputs"], temporal: [["K", 4]], spatial: [["K", 4, "X"]] },
  {
    level: "Accumulator",
    keeps: ["Outputs"],
    temporal: [
      ["P", 4],
      ["C", 4],
    ],
    spatial: [["C", 4, "X"]],
  },
  { level: "Registers", keeps: ["Weights"], temporal: [], spatial: [] },
];

it("writes store nodes as levels of their own, with the same energy, area and words", () => {
  const files = exportTimeloop({ architecture, problem, mapping });
  const back = importTimeloop(Object.entries(files).map(([file, text]) => ({ file, text: String(text) })));
  const own = evaluate(problem, architecture, mapping);
  const found = evaluate(problem, back.architecture, back.mapping!);
  expect(found.energyPj / own.energyPj).toBeCloseTo(1, 9);
  expect(found.areaMm2 / own.areaMm2).toBeCloseTo(1, 9);
  expect(Object.keys(found.levels)).toEqual(["DRAM", "Scratchpad_1", "Scratchpad_2", "Accumulator", "Registers"]);
  expect(found.levels["DRAM"]!.tensors["Inputs"]!.reads).toBe(own.levels["DRAM"]!.tensors["Inputs"]!.reads);
  expect(found.levels["Scratchpad_1"]!.tensors["Weights"]).toMatchObject({
    reads: own.levels["Scratchpad"]!.tensors["Weights"]!.reads,
  });
});
