import { compileTarget, gemmini, type LoopnestError, makeMapspace } from "@loopnest/mapspace";
import { priceTarget, tableFromActions } from "@loopnest/model-analytical";
import { describe, expect, it } from "vitest";
import { fixedTarget, importTimeloop, storageKind } from "../src/index.js";
import { fixture } from "./fixture-files.js";

const read = importTimeloop(fixture("output-stationary-flat"));
const options = { energyTable: "given" };

describe("a target without free sizes", () => {
  const target = fixedTarget(read.architecture, read.problem, read.constraints, options);

  it("is the machine of the files", () => {
    const { levels, compute } = read.architecture;
    const table = tableFromActions({
      levels: Object.fromEntries(
        levels.map(({ name, energyPerVectorAccessPj, areaPerInstanceUm2: areaUm2 }) => [
          name,
          { energyPerVectorAccessPj: energyPerVectorAccessPj!, areaUm2 },
        ]),
      ),
      mac: { energyPj: compute.energyPj, areaUm2: compute.areaPerInstanceUm2 },
    });
    const machine = priceTarget(target, table).architecture({});
    // SumRegister can hold any tensor; the constraints on the mapspace leave it Z.
    const kept = levels.map(({ multipleBuffering = 1, ...level }, l) => ({
      ...level,
      keeps: target.levels[l]!.keeps,
      // What several tiles share is what a target has for one.
      capacityWords: level.capacityWords && level.capacityWords / multipleBuffering,
    }));
    expect(machine.levels).toEqual(kept);
    expect(machine.compute).toEqual(compute);
  });

  it("allows the loops that the constraints leave", () => {
    expect(compileTarget(target).sizeNames).toEqual([]);
    const { slots, shape } = makeMapspace(target, read.problem);
    expect(slots.map(({ level, kind, dim }) => `${level} ${kind} ${shape.dims[dim]}`)).toEqual([
      "2 temporal K",
      "1 X N",
      ...["N", "M", "K"].map((dim) => `1 temporal ${dim}`),
      ...["M", "N", "K"].map((dim) => `0 temporal ${dim}`),
    ]);
  });

  it("has MACs as wide as the outermost words, unless told", () => {
    expect(target.compute.macBits).toBe(16);
    const { architecture, problem, constraints } = read;
    expect(fixedTarget(architecture, problem, constraints, { ...options, macBits: 8 }).compute.macBits).toBe(8);
  });

  it("needs memories of whole rows", () => {
    const levels = read.architecture.levels.map((level) => ({ ...level, capacityWords: level.capacityWords && 60 }));
    const refuse = () => fixedTarget({ ...read.architecture, levels }, read.problem, read.constraints, options);
    expect(refuse).toThrow("Buffer holds 30 words, not whole rows of 4");
    try {
      refuse();
    } catch (error) {
      expect((error as LoopnestError).data).toMatchObject({ code: "unsupported", level: "Buffer" });
    }
  });
});

it("memories are judged by their size", () => {
  const machine = priceTarget(
    gemmini,
    tableFromActions({
      levels: Object.fromEntries(gemmini.levels.map(({ name }) => [name, { energyPerVectorAccessPj: 1 }])),
      mac: { energyPj: 1 },
    }),
  ).architecture({});
  expect(machine.levels.map(storageKind)).toEqual(["dram", "scratchpad", "scratchpad", "register"]);
});
