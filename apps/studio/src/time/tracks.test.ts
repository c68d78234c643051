import { conv, type Mapping } from "@loopnest/mapspace";
import { expect, it } from "vitest";
import { comesAt, shownTimes } from "./shown-times.js";
import { tileAt, tracksOf } from "./tracks.js";

const keeps = ["Weights", "Inputs", "Outputs"];
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
    keeps,
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
    keeps,
  },
];

it("every cycle has a tile, the one that came last", () => {
  const tracks = tracksOf(problem, mapping, "physical");
  const { cycles, leftOut } = shownTimes(tracks, mapping, 1000);
  expect(leftOut).toBeNull();
  expect(cycles[0]).toBe(0);
  for (const track of tracks) {
    let sum = 0;
    for (const cycle of cycles) {
      const tile = tileAt(track, cycle);
      expect(tile.from).toBeLessThanOrEqual(cycle);
      expect(tile.until).toBeGreaterThan(cycle);
      expect(comesAt(track, cycle)).toBe(tile.from === cycle);
      if (tile.from === cycle) sum += tile.words;
      expect(tile.wordsSoFar).toBe(sum);
    }
  }
});

it("of a long nest the first, second and last iterations of every loop are shown", () => {
  const temporal = [
    ["K", 50],
    ["P", 40],
  ] as [string, number][];
  const long: Mapping = [
    { level: "DRAM", temporal, spatial: [], keeps },
    { level: "Buffer", temporal: [], spatial: [], keeps },
  ];
  for (const rules of ["physical", "timeloop-2025"] as const) {
    const tracks = tracksOf(conv({ R: 1, S: 1, P: 40, Q: 1, C: 1, K: 50 }), long, rules);
    const { cycles, leftOut } = shownTimes(tracks, long, 1000);
    expect(leftOut).toContain("first, second and last");
    expect(cycles).toEqual([0, 1, 39, 40, 41, 79, 1960, 1961, 1999]);
    // What came in until the end, steps left out included: every input once for each of 50 channels.
    const inputs = tracks.find(({ level, tensor }) => level === 1 && tensor === "Inputs")!;
    expect(tileAt(inputs, 1999).wordsSoFar).toBe(2000);
  }
});

it("of a deep nest the outer loops go on", () => {
  const { cycles, leftOut } = shownTimes(tracksOf(problem, mapping, "physical"), mapping, 20);
  expect(leftOut).toContain("4 outer loops");
  expect(cycles.length).toBeGreaterThan(2);
  expect(cycles.length).toBeLessThanOrEqual(20);
});
