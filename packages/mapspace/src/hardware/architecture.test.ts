import { describe, expect, it } from "vitest";
import { type Architecture, fanOut } from "./architecture.js";
import { machineOf } from "./machine.js";

const level = {
  keeps: ["X"],
  wordBits: 8,
  blockSize: 4,
  capacityWords: 64,
  bandwidthWordsPerCycle: { shared: 2 },
  energyPerVectorAccessPj: 3,
  areaPerInstanceUm2: 5,
};

const architecture: Architecture = {
  name: "4 x 3 cells of 2 MACs",
  levels: [
    { ...level, name: "DRAM", capacityWords: null, bandwidthWordsPerCycle: null, instances: 1, meshX: 1 },
    { ...level, name: "Cell", bandwidthWordsPerCycle: { read: 2, write: 1 }, instances: 12, meshX: 4 },
  ],
  compute: { instances: 24, meshX: 8, energyPj: 1, areaPerInstanceUm2: 7 },
};

describe("fanOut", () => {
  it("is the number of children of one instance, in columns and rows", () => {
    expect(fanOut(architecture, 0)).toEqual({ x: 4, y: 3 });
    expect(fanOut(architecture, 1)).toEqual({ x: 2, y: 1 });
  });
});

describe("machineOf", () => {
  const machine = machineOf(architecture);

  it("writes unlimited as Infinity", () => {
    expect([...machine.capacityWords]).toEqual([Number.POSITIVE_INFINITY, 64]);
    expect([...machine.bandwidthShared]).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
    expect([...machine.bandwidthRead]).toEqual([Number.POSITIVE_INFINITY, 2]);
    expect([...machine.bandwidthWrite]).toEqual([Number.POSITIVE_INFINITY, 1]);
  });

  it("puts the compute units last, and adds up areas over instances", () => {
    expect([...machine.instances]).toEqual([1, 12, 24]);
    expect([...machine.meshX]).toEqual([1, 4, 8]);
    expect([...machine.areaUm2]).toEqual([5, 60, 168]);
  });
});
