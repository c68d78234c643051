import { type DataMovement, emptyMachine, machineOf } from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import { movementCost, movementGradient } from "./movement-cost.js";

const level = { keeps: [], wordBits: 8, instances: 1, meshX: 1, areaPerInstanceUm2: 0, capacityWords: null };
const dram = { ...level, name: "DRAM", blockSize: 64, energyPerVectorAccessPj: 6400 };
const buffer = { ...level, name: "Buffer", blockSize: 1, energyPerVectorAccessPj: 1, bandwidthWordsPerCycle: null };
const compute = { instances: 1, meshX: 1, energyPj: 1, areaPerInstanceUm2: 0 };
const machine = (bandwidthWordsPerCycle: { shared: number } | { read: number; write: number } | null) =>
  machineOf({ name: "m", levels: [{ ...dram, bandwidthWordsPerCycle }, buffer], compute });

const movement: DataMovement[] = [
  { name: "pool", kind: "MaxPool", count: 3, wordsRead: 1000, wordsWritten: 250 },
  { name: "softmax", kind: "Softmax", count: 1, wordsRead: 10, wordsWritten: 10 },
];

describe("data movement", () => {
  it("costs whole rows of DRAM, and the cycles of the port that they go through", () => {
    // 16 rows + 4 rows, three times; 1 + 1.
    const energyPj = (3 * (16 + 4) + 2) * 6400;
    // 1250 / 8 and 20 / 8 are not whole.
    expect(movementCost(movement, machine({ shared: 8 }), "exact")).toEqual({ energyPj, latencyCycles: 3 * 157 + 3 });
    // Reads take longer than writes, at first; then writes do.
    expect(movementCost(movement, machine({ read: 8, write: 8 }), "exact").latencyCycles).toBe(3 * 125 + 2);
    expect(movementCost(movement, machine({ read: 8, write: 1 }), "exact").latencyCycles).toBe(3 * 250 + 10);
    expect(movementCost(movement, machine(null), "exact")).toEqual({ energyPj, latencyCycles: 0 });
    expect(movementCost([], machine(null), "exact")).toEqual({ energyPj: 0, latencyCycles: 0 });
  });

  it("lets DRAM leak while words move, and nothing else", () => {
    const levels = [
      { ...dram, bandwidthWordsPerCycle: { shared: 8 }, leakPjPerCycle: 0.5 },
      { ...buffer, leakPjPerCycle: 7 },
    ];
    const leaking = machineOf({ name: "m", levels, compute });
    const still = movementCost(movement, machine({ shared: 8 }), "exact");
    const { energyPj, latencyCycles } = movementCost(movement, leaking, "exact");
    expect(latencyCycles).toBe(still.latencyCycles);
    expect(energyPj).toBe(still.energyPj + 0.5 * latencyCycles);
  });

  it("has derivatives with respect to the machine", () => {
    for (const bandwidth of [{ shared: 8 }, { read: 8, write: 5 }, { read: 9, write: 1 }]) {
      const levels = [{ ...dram, bandwidthWordsPerCycle: bandwidth, leakPjPerCycle: 20 }, buffer];
      const own = machineOf({ name: "m", levels, compute });
      const toMachine = emptyMachine(2);
      movementGradient(movement, own, { energy: 0.25, latency: 3 }, toMachine);
      const value = () => {
        const { energyPj, latencyCycles } = movementCost(movement, own, "smooth");
        return 0.25 * energyPj + 3 * latencyCycles;
      };
      for (const entry of [
        "energyPerVectorAccessPj",
        "blockSize",
        "bandwidthShared",
        "bandwidthRead",
        "bandwidthWrite",
      ] as const) {
        const at = own[entry][0]!;
        if (!Number.isFinite(at)) continue;
        const [above, below] = [1e-6, -1e-6].map((h) => {
          own[entry][0] = at * (1 + h);
          return value();
        }) as [number, number];
        own[entry][0] = at;
        expect(toMachine[entry][0]! * at).toBeCloseTo((above - below) / 2e-6, 2);
      }
    }
  });
});
