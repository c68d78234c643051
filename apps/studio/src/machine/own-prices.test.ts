import { builtInTarget, builtInWorkload } from "@loopnest/mapspace";
import { evaluate } from "@loopnest/model-analytical";
import { expect, it } from "vitest";
import { architectureOf } from "../design/machine.js";
import { startMapping } from "../design/start-mapping.js";
import { defaultHardware } from "../state/studio.js";
import { ownPrices } from "./own-prices.js";

it.each(["gemmini", "eyeriss", "nvdla-small"])("the prices of %s written out cost what they did", (name) => {
  const target = { target: builtInTarget(name), builtIn: name };
  const hardware = defaultHardware(target.target);
  const architecture = architectureOf(target, hardware);
  const own = architectureOf({ ...target, energyTable: ownPrices(architecture, "dosa") }, hardware);
  const layer = builtInWorkload("resnet18").layers[2]!;
  const mapping = startMapping(target, hardware, layer);
  const [before, after] = [architecture, own].map((machine) => evaluate(layer.problem, machine, mapping));
  expect(after!.energyPj).toBeCloseTo(before!.energyPj, 3);
  expect(after!.areaMm2).toBeCloseTo(before!.areaMm2, 9);
  expect(after!.cycles).toBe(before!.cycles);
});
