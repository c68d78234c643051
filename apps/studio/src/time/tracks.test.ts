import { type Architecture, conv, type Mapping } from "@loopnest/mapspace";
import { countBySteps } from "@loopnest/model-analytical";
import { expect, it } from "vitest";
import { arrivals, tileAt, tracksOf } from "./tracks.js";

const all = ["Weights", "Inputs", "Outputs"];
const problem = conv({ R: 3, S: 1, P: 8, Q: 4, C: 4, K: 6 });
const mapping: Mapping = [
  {
    level: "DRAM",
    temporal: [
      ["K", 3],
      ["P", 4],
      ["C", 2],
    ],
    spatial: [],
    keeps: all,
  },
  {
    level: "Buffer",
    temporal: [
      ["R", 3],
      ["P", 2],
      ["Q", 4],
      ["C", 2],
      ["K", 2],
    ],
    spatial: [],
    keeps: all,
  },
];
const level = {
  wordBits: 8,
  blockSize: 1,
  bandwidthWordsPerCycle: null,
  areaPerInstanceUm2: 0,
  energyPerVectorAccessPj: 1,
};
const architecture: Architecture = {
  name: "two levels",
  levels: ["DRAM", "Buffer"].map((name) => ({
    ...level,
    name,
    keeps: all,
    capacityWords: null,
    instances: 1,
    meshX: 1,
  })),
  compute: { instances: 1, meshX: 1, energyPj: 1, areaPerInstanceUm2: 0 },
};

it("words that come in are those that real buffers are filled with, counted step by step", () => {
  const counted = countBySteps(problem, architecture, mapping, "physical").levels["Buffer"]!.tensors;
  for (const { level: at, tensor, tiles } of tracksOf(problem, mapping, 1000)) {
    if (at === 0 || tensor === "Outputs") continue;
    expect(tiles.reduce((sum, { words }) => sum + words, 0)).toBe(counted[tensor]!.fills);
  }
});

it("every cycle has a tile, and the one that came last", () => {
  const tracks = tracksOf(problem, mapping, 1000);
  const times = arrivals(tracks);
  expect(times[0]).toBe(0);
  for (const track of tracks) {
    for (const time of times) {
      const { from, cycles } = track.tiles[tileAt(track, time)]!;
      expect(from).toBeLessThanOrEqual(time);
      expect(from + cycles).toBeGreaterThan(time);
    }
  }
});

it("says nothing of cycles after a track that is cut short", () => {
  const tracks = tracksOf(problem, mapping, 5);
  const cut = tracks.filter(({ cutShort }) => cutShort);
  expect(cut.length).toBeGreaterThan(0);
  for (const track of cut) expect(arrivals(tracks).at(-1)!).toBeLessThanOrEqual(track.tiles.at(-1)!.from);
});
