import { builtInTarget, builtInWorkload, pointFromMapping } from "@loopnest/mapspace";
import { builtInEnergyTable, evaluate, priceTarget } from "@loopnest/model-analytical";
import { expect, it } from "vitest";
import { edpOf, judge } from "../design/layer-view.js";
import { modelOf } from "../design/machine.js";
import { startMapping } from "../design/start-mapping.js";
import { movesOf } from "./moves.js";

it.each(["gemmini", "eyeriss", "simba"])(
  "moves of a mapping on %s stay in the target's space, and are worth what they say",
  (name) => {
    const target = builtInTarget(name);
    const chosen = { target, builtIn: name };
    const hardware = Object.fromEntries(target.sizes.map((size) => [size.name, size.default]));
    const layer = builtInWorkload("resnet50").layers[5]!;
    const mapping = startMapping(chosen, hardware, layer);
    const { space } = modelOf(chosen).layer(layer.problem);
    const architecture = priceTarget(target, builtInEnergyTable(target.energyTable)).architecture(hardware);
    const edp = (own: typeof mapping) => edpOf(judge(layer, architecture, own));
    const now = evaluate(layer.problem, architecture, mapping);
    const moves = movesOf(space, mapping, edp);
    expect(moves.length).toBeGreaterThan(10);
    let fitting = 0;
    for (const move of moves) {
      if (!Number.isFinite(move.ratio)) {
        expect(() => evaluate(layer.problem, architecture, move.mapping)).toThrow();
        continue;
      }
      fitting++;
      const then = evaluate(layer.problem, architecture, move.mapping);
      expect(move.ratio).toBeCloseTo((then.energyPj * then.cycles) / (now.energyPj * now.cycles), 10);
      if (space.freeOrder.length === target.levels.length)
        expect(() => pointFromMapping(space, move.mapping)).not.toThrow();
    }
    expect(fitting).toBeGreaterThan(0);
  },
);
