import { builtInTarget, builtInWorkload } from "@loopnest/mapspace";
import { evaluate } from "@loopnest/model-analytical";
import { expect, it } from "vitest";
import { edpOf, judge } from "../design/layer-view.js";
import { architectureOf, modelOf } from "../design/machine.js";
import { startMapping } from "../design/start-mapping.js";
import { defaultHardware } from "../state/studio.js";
import { productOf, toggleKeep } from "./edits.js";
import { movesOf } from "./moves.js";
import { joinNodes, nodesOf, splitNode } from "./store-nodes.js";

const target = builtInTarget("gemmini");
const chosen = { target, builtIn: "gemmini" };
const hardware = defaultHardware(target);
const layer = builtInWorkload("bert").layers[0]!;
const { problem } = layer;
const architecture = architectureOf(chosen, hardware);
const levels = architecture.levels.map(({ name }) => name);
const tensors = problem.tensors.map(({ name }) => name);
const mapping = startMapping(chosen, hardware, layer);
const scratchpad = levels.indexOf("Scratchpad");
const kept = toggleKeep(problem, mapping, scratchpad, "Weights");
const whole = kept[scratchpad]!.keeps.length > mapping[scratchpad]!.keeps.length ? kept : mapping;
const parted = splitNode(whole, scratchpad);

it("a level that is parted counts as before, and joins to what it was", () => {
  expect(nodesOf(levels, parted).map(({ name }) => name)).toEqual(
    levels.flatMap((name) => (name === "Scratchpad" ? ["Scratchpad 1", "Scratchpad 2"] : [name])),
  );
  const [before, after] = [whole, parted].map((own) => evaluate(problem, architecture, own));
  expect(after!.energyPj).toBeCloseTo(before!.energyPj, 6);
  expect(after!.cycles).toBe(before!.cycles);
  expect(joinNodes(parted, scratchpad, tensors)).toEqual(whole);
});

it("a tensor is kept at one node of its level", () => {
  const [first] = parted[scratchpad]!.keeps;
  const moved = toggleKeep(problem, parted, scratchpad + 1, first!);
  expect(moved[scratchpad]!.keeps).toEqual([]);
  expect(moved[scratchpad + 1]!.keeps).toContain(first);
  expect(toggleKeep(problem, moved, scratchpad + 1, first!)[scratchpad + 1]!.keeps).not.toContain(first);
});

it("factors move to every store node, and are worth there what they say", () => {
  const { space } = modelOf(chosen).layer(problem);
  const moves = movesOf(space, parted, (own) => edpOf(judge(layer, architecture, own)));
  expect(moves.some(({ to }) => to.node === scratchpad && to.kind === "temporal")).toBe(true);
  expect(moves.some(({ to }) => to.node === scratchpad && to.kind !== "temporal")).toBe(false);
  for (const move of moves) {
    expect(productOf(move.mapping, move.from.dim)).toBe(problem.dims[move.from.dim]);
    expect(Number.isNaN(move.ratio)).toBe(false);
  }
});
