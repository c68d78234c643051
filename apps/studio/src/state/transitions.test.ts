import { builtInTarget, builtInWorkload } from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import { mappingOf } from "../design/layer-view.js";
import { firstStudio } from "./studio.js";
import { chooseNetwork, chooseTarget, drawMapping, drawSize, redo, undo } from "./transitions.js";

const first = firstStudio();
const layer = 2;
const studio = { ...first, layer };
const mapping = mappingOf(studio, layer);

describe("what is drawn", () => {
  const changed = drawSize("peDim", 32)(drawMapping(mapping)(studio));

  it("can be undone and done again, step by step", () => {
    expect(changed.past).toHaveLength(2);
    expect(undo(undo(changed)).drawing).toBe(studio.drawing);
    expect(redo(redo(undo(undo(changed)))).drawing).toEqual(changed.drawing);
    expect(undo(studio)).toBe(studio);
    expect(redo(changed)).toBe(changed);
  });

  it("forgets what was undone as soon as something else is drawn", () => {
    expect(drawSize("peDim", 8)(undo(changed)).future).toEqual([]);
  });

  it("takes the nearest value that a size has, and no size that the target lacks", () => {
    const { max } = first.target.target.sizes.find(({ name }) => name === "peDim")!;
    expect(drawSize("peDim", 1e9)(studio).drawing.hardware["peDim"]).toBe(max);
    expect(drawSize("nothing", 3)(studio)).toBe(studio);
    expect(drawSize("peDim", Number.NaN)(studio)).toBe(studio);
    expect(drawSize("peDim", studio.drawing.hardware["peDim"]!)(studio)).toBe(studio);
  });

  it("does not outlive its network or its machine", () => {
    const network = { workload: builtInWorkload("bert"), builtIn: null };
    expect(chooseNetwork(network)(changed)).toMatchObject({ layer: 0, past: [], drawing: { mappings: {} } });
    const target = { target: builtInTarget("eyeriss"), builtIn: "eyeriss" };
    const other = chooseTarget(target)(changed);
    expect(other.drawing.mappings).toEqual({});
    expect(Object.keys(other.drawing.hardware)).toEqual(target.target.sizes.map(({ name }) => name));
  });
});
