import { describe, expect, it } from "vitest";
import { type Loop, loopMask, loopRegisters, transferRegisters } from "./loops.js";

/** Offsets that the hardware's loop nest goes through, from its registers. */
function walk(registers: readonly number[], slots: number, streams: number): number[][] {
  const size = 1 + streams;
  const bound = (slot: number) => registers[slot * size]!;
  const index = new Array<number>(slots).fill(0);
  const offset = new Array<number>(streams).fill(0);
  const seen = [[...offset]];
  for (;;) {
    const slot = index.findIndex((value, s) => value + 1 < bound(s));
    if (slot < 0) return seen;
    index[slot]!++;
    index.fill(0, 0, slot);
    for (let stream = 0; stream < streams; stream++) offset[stream]! += registers[slot * size + 1 + stream]!;
    seen.push([...offset]);
  }
}

/** The same by definition: index times stride, innermost loop fastest. */
function expected(loops: readonly Loop[], streams: number): number[][] {
  let offsets = [new Array<number>(streams).fill(0)];
  for (const { bound, strides } of loops) {
    offsets = Array.from({ length: bound }, (_, i) =>
      offsets.map((offset) => offset.map((value, stream) => value + i * strides[stream]!)),
    ).flat();
  }
  return offsets;
}

describe("loopRegisters", () => {
  const loops = [
    { bound: 3, strides: [5, 0] },
    { bound: 1, strides: [100, 7] },
    { bound: 2, strides: [0, 11] },
    { bound: 4, strides: [2, -3] },
  ];

  it("makes the hardware walk index times stride", () => {
    const registers = loopRegisters(loops, 5, 2);
    expect(registers).toHaveLength(5 * 3);
    expect(walk(registers, 5, 2)).toEqual(expected(loops, 2));
  });

  it("gives a slot to iterated loops only, and the mask agrees", () => {
    expect(loopRegisters(loops, 3, 2).filter((_, i) => i % 3 === 0)).toEqual([3, 2, 4]);
    expect(loopMask(loops, ({ strides }) => strides[0] === 0)).toBe(0b010);
    expect(() => loopRegisters(loops, 2, 2)).toThrow("3 loops for 2 slots");
  });
});

describe("transferRegisters", () => {
  it("joins runs that touch, and stops at the first gap", () => {
    const loops = [
      { bound: 4, strides: [6] },
      { bound: 1, strides: [999] },
      { bound: 5, strides: [24] },
      { bound: 2, strides: [200] },
    ];
    expect(transferRegisters(6, loops, 2)).toEqual([120, 2, 200, 1, 0]);
    expect(transferRegisters(5, loops, 3)).toEqual([5, 4, 6, 5, 24 - 3 * 6, 2, 200 - 3 * 6 - 4 * 24]);
  });
});
