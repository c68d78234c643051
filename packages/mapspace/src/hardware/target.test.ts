import { describe, expect, it } from "vitest";
import { evaluateMonomial } from "../numbers/monomial.js";
import { compileTarget, hardwareOf, hardwareSizes, type Target } from "./target.js";

const template = {
  kind: "scratchpad" as const,
  keeps: ["X"],
  wordBits: 8,
  blockSize: 1,
  rowsPerInstance: null,
  bandwidthWordsPerCycle: null,
  instances: 1,
  meshX: 1,
  space: { temporal: "all" as const, order: "any" as const, spatialX: [], spatialY: [] },
};

const mesh: Target = {
  name: "mesh",
  description: "a mesh of cells",
  source: "made up for this test",
  sizes: [
    { name: "columns", description: "columns", min: 2, max: 8, default: 4 },
    { name: "bufferKb", description: "buffer", min: 2, max: 64, step: 2, default: 16 },
  ],
  levels: [
    { ...template, name: "DRAM", kind: "dram", bandwidthWordsPerCycle: { shared: 8 } },
    {
      ...template,
      name: "Cell",
      blockSize: 2,
      rowsPerInstance: "512 * bufferKb / columns",
      bandwidthWordsPerCycle: { read: "columns", write: 1 },
      instances: "3 * columns",
      meshX: "columns",
    },
  ],
  compute: { instances: "6 * columns", meshX: "2 * columns", macBits: 8 },
  energyTable: "dosa",
};

describe("compileTarget", () => {
  const { levels } = compileTarget(mesh);
  const at = (monomial: Parameters<typeof evaluateMonomial>[0] | null) =>
    monomial === null ? null : evaluateMonomial(monomial, [4, 16]);

  it("derives capacity and fan-out from rows, instances and columns", () => {
    expect(levels.map((level) => [at(level.capacityWords), at(level.fanOutX), at(level.fanOutY)])).toEqual([
      [null, 4, 3],
      [4096, 2, 1],
    ]);
  });

  it("keeps the ports apart", () => {
    expect(levels.map((level) => [at(level.shared), at(level.read), at(level.write)])).toEqual([
      [8, null, null],
      [null, 4, 1],
    ]);
  });

  it("says where an expression cannot be read", () => {
    const wrong = { ...mesh, levels: [mesh.levels[0]!, { ...mesh.levels[1]!, meshX: "rows" }] };
    expect(() => compileTarget(wrong)).toThrowError(
      expect.objectContaining({ code: "input", data: expect.objectContaining({ path: "levels[1].meshX" }) }),
    );
  });
});

describe("hardwareSizes", () => {
  it("takes defaults for what is left out", () => {
    expect([...hardwareSizes(mesh, { bufferKb: 8 })]).toEqual([4, 8]);
    expect(hardwareOf(mesh, hardwareSizes(mesh, { columns: 8 }))).toEqual({ columns: 8, bufferKb: 16 });
  });

  it.each<[string, Record<string, number>, string, RegExp]>([
    ["an unknown size", { rows: 3 }, "hardware.rows", /mesh has no size rows; its sizes are columns, bufferKb/],
    ["too small a size", { columns: 1 }, "hardware.columns", /columns is 1; give a multiple of 1 from 2 to 8/],
    ["too large a size", { columns: 9 }, "hardware.columns", /columns is 9/],
    ["a fraction", { columns: 2.5 }, "hardware.columns", /columns is 2.5/],
    ["a value between steps", { bufferKb: 3 }, "hardware.bufferKb", /bufferKb is 3; give a multiple of 2 from 2 to 64/],
    ["what is no number", { columns: Number.NaN }, "hardware.columns", /columns is NaN/],
  ])("refuses %s", (_, hardware, path, message) => {
    expect(() => hardwareSizes(mesh, hardware)).toThrowError(
      expect.objectContaining({
        code: "input",
        message: expect.stringMatching(message),
        data: expect.objectContaining({ path }),
      }),
    );
  });
});
