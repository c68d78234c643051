import { conv, gemmini, makeMapspace, makeNestPoint, unflatten, withBits } from "@loopnest/mapspace";
import { builtInEnergyTable, priceTarget } from "@loopnest/model-analytical";
import { expect, test } from "vitest";
import { designFigures } from "./design-figures.js";
import { layersCsv } from "./layers-csv.js";
import { rates } from "./rates.js";

const problem = conv({ name: 'a, "b"', R: 3, S: 3, P: 8, Q: 8, C: 4, K: 4 });
const dataMovement = [{ name: "pool", kind: "MaxPool", count: 2, wordsRead: 300, wordsWritten: 100 }];
const workload = { name: "w", description: "", source: "", layers: [{ problem, count: 3 }], dataMovement };
const architecture = priceTarget(gemmini, builtInEnergyTable("dosa")).architecture({ peDim: 16 });
const space = makeMapspace(gemmini, problem);
const levels = gemmini.levels.map(({ name }) => name);
const mapping = unflatten(space.shape, levels, makeNestPoint(space).nest);
const figures = designFigures(workload, architecture, [{ file: "", mapping }], "timeloop-2025");

test("a thousand cycles at 500 MHz are 2 us", () => {
  const totals = { ...figures.totals, latencyCycles: 1000, energyUj: 4, macs: 1e6 };
  const own = rates({ ...figures, totals }, { clockMhz: 500 }, architecture)!;
  expect(own.latencyMs).toBeCloseTo(0.002, 12);
  expect(own.runsPerSecond).toBeCloseTo(500_000, 6);
  expect(own.powerW).toBeCloseTo(2, 12); // 4 uJ in 2 us
  expect(own.gops).toBeCloseTo(1000, 9); // 2e6 operations in 2 us
  expect(own.topsPerWatt).toBeCloseTo(0.5, 12); // 2e6 operations with 4 uJ
  expect(own.gops / own.powerW / 1000).toBeCloseTo(own.topsPerWatt, 12);
});

test("bytes of DRAM are those that layers and other operators move", () => {
  const { reads, updates, fills } = Object.values(figures.layers[0]!.levels["DRAM"]!.tensors).reduce((a, b) => ({
    reads: a.reads + b.reads,
    updates: a.updates + b.updates,
    fills: a.fills + b.fills,
    energyPj: 0,
    utilizedCapacity: 0,
  }));
  const bytes = (3 * (reads + updates + fills) + 2 * 400) * (architecture.levels[0]!.wordBits / 8);
  const { outermostGBPerSecond, latencyMs } = rates(figures, { clockMhz: 200 }, architecture)!;
  expect((outermostGBPerSecond * 1e9 * latencyMs) / 1e3).toBeCloseTo(bytes, 3);
});

test("without a clock there are no rates", () => {
  expect(rates(figures, {}, architecture)).toBeNull();
});

test("layers.csv has a row per layer, with as many cells as columns and the layer's figures under their names", () => {
  const [head, row, end] = layersCsv(figures).split("\n");
  const columns = head!.split(",");
  expect(end).toBe("");
  expect(row).toMatch(/^"a, ""b""",3,/);
  const cells = row!.replace(/^"(?:[^"]|"")*"/, "name").split(",");
  expect(cells).toHaveLength(columns.length);
  const cell = (name: string) => Number(cells[columns.indexOf(name)]);
  const layer = figures.layers[0]!;
  expect(cell("energyPj")).toBe(layer.energyPj);
  expect(cell("latencyCycles")).toBe(layer.latencyCycles);
  expect(cell("DRAM.Weights.reads")).toBe(layer.levels["DRAM"]!.tensors["Weights"]!.reads);
  expect(cell("Scratchpad.cycles")).toBe(layer.levels["Scratchpad"]!.cycles);
});

test("layers.csv says bits where elements are not a word of the level each", () => {
  const narrow = withBits(problem, { weights: 4, outputs: 8, partialSums: 16 });
  const layers = [{ problem: narrow, count: 1 }];
  const own = designFigures({ ...workload, layers }, architecture, [{ file: "", mapping }], "timeloop-2025");
  const [head, row] = layersCsv(own).split("\n");
  const columns = head!.split(",");
  const cells = row!.replace(/^"(?:[^"]|"")*"/, "name").split(",");
  const bits = Object.fromEntries(columns.flatMap((name, i) => (/its$/.test(name) ? [[name, Number(cells[i])]] : [])));
  // Words have 8 bits, those of the accumulator 32; sums are finished at DRAM alone.
  expect(bits).toEqual({
    "DRAM.Weights.bits": 4,
    "DRAM.Outputs.bits": 16,
    "DRAM.Outputs.finishedBits": 8,
    "Scratchpad.Weights.bits": 4,
    "Accumulator.Outputs.bits": 16,
    "Registers.Weights.bits": 4,
  });
  expect(layersCsv(figures)).not.toMatch(/its/);
});
