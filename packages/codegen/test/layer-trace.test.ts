import { conv, type Mapping } from "@loopnest/mapspace";
import { countBySteps } from "@loopnest/model-analytical";
import { expect, it } from "vitest";
import { layerTrace, type TraceEvent } from "../src/index.js";
import { machineOf } from "./machine-of.js";

const problem = conv({ name: "window", R: 3, S: 1, P: 8, Q: 1, C: 2, K: 4 });
const all = ["Weights", "Inputs", "Outputs"];
const mapping: Mapping = [
  {
    level: "DRAM",
    temporal: [
      ["K", 2],
      ["P", 4],
    ],
    spatial: [],
    keeps: all,
  },
  {
    level: "Buffer",
    temporal: [
      ["R", 3],
      ["P", 2],
    ],
    spatial: [["C", 2, "X"]],
    keeps: all,
  },
  { level: "Registers", temporal: [["K", 2]], spatial: [], keeps: ["Weights"] },
];

const tiles = (events: readonly TraceEvent[], pid: number, tid: number) =>
  events.filter((event) => event.ph === "X" && event.pid === pid && event.tid === tid);

it("has one track for each level and tensor, whose tiles follow each other over the whole run", () => {
  const { traceEvents } = layerTrace(problem, mapping);
  const cycles = 2 * 4 * 3 * 2 * 2;
  const tracks = new Set(traceEvents.filter((event) => event.ph === "X").map(({ pid, tid }) => `${pid} ${tid}`));
  expect([...tracks].sort()).toEqual(["1 1", "1 2", "1 3", "2 1", "2 2", "2 3", "3 1"]);
  for (const track of tracks) {
    const [pid, tid] = track.split(" ").map(Number);
    let now = 0;
    for (const { ts, dur } of tiles(traceEvents, pid!, tid!)) {
      expect(ts).toBe(now);
      now += dur!;
    }
    expect(now).toBe(cycles);
  }
});

it("brings in the words that real buffers fetch", () => {
  const { traceEvents } = layerTrace(problem, mapping);
  const counted = countBySteps(problem, machineOf(mapping), mapping, "physical");
  const words = (pid: number, tid: number) =>
    tiles(traceEvents, pid, tid).reduce((sum, { args }) => sum + Number(args["words"]), 0);
  expect(words(2, 1)).toBe(counted.levels["Buffer"]!.tensors["Weights"]!.fills);
  expect(words(2, 2)).toBe(counted.levels["Buffer"]!.tensors["Inputs"]!.fills);
  // Two instances, of which the trace shows the first.
  expect(2 * words(3, 1)).toBe(counted.levels["Registers"]!.tensors["Weights"]!.fills);
});

it("says where every tile lies", () => {
  const { traceEvents } = layerTrace(problem, mapping);
  const [first, second] = tiles(traceEvents, 2, 2);
  expect(first!.args).toEqual({ words: 8, C: "[0, 2)", "R + P": "[0, 4)", "S + Q": "[0, 1)", N: "[0, 1)" });
  expect(second!.args).toMatchObject({ words: 4, "R + P": "[2, 6)" });
});

it("cuts long tracks short, and names them", () => {
  const { traceEvents, otherData } = layerTrace(problem, mapping, 3);
  expect(otherData).toEqual({ layer: "window", cutShort: ["Registers Weights", "Buffer Inputs", "Buffer Outputs"] });
  expect(tiles(traceEvents, 2, 2)).toHaveLength(3);
});
