import { expect, test } from "vitest";
import type { DesignFigures } from "../figures/figures.js";
import { energyParts } from "./energy-chart.js";

const tensor = (energyPj: number) => ({ energyPj, reads: 0, updates: 0, fills: 0, utilizedCapacity: 0 });

test("pieces are those of their own level, whatever its name begins with, and add up to the layer", () => {
  const levels = {
    Buf: { cycles: 1, tensors: { A: tensor(1) }, leakPj: 2 },
    "Buf 2": { cycles: 1, tensors: { A: tensor(4), "2 A": tensor(8) }, networkPj: 16 },
  };
  const layers = [{ count: 1, computeEnergyPj: 32, levels }] as unknown as DesignFigures["layers"];
  const parts = energyParts({ layers } as DesignFigures);
  expect(parts.map(({ name, energyPj }) => [name, energyPj(layers[0]!)])).toEqual([
    ["Buf A", 1],
    ["Buf static", 2],
    ["Buf 2 A", 4],
    ["Buf 2 2 A", 8],
    ["Buf 2 wires", 16],
    ["MACs", 32],
  ]);
});

test("a layer without a piece has nothing of it", () => {
  const one = { count: 1, computeEnergyPj: 3, levels: { Buf: { cycles: 1, tensors: { A: tensor(1) } } } };
  const other = { count: 1, computeEnergyPj: 5, levels: { Buf: { cycles: 1, tensors: { B: tensor(2) } } } };
  const layers = [one, other] as unknown as DesignFigures["layers"];
  const parts = energyParts({ layers } as DesignFigures);
  expect(parts.map(({ name, energyPj }) => [name, ...layers.map(energyPj)])).toEqual([
    ["Buf A", 1, 0],
    ["Buf B", 0, 2],
    ["MACs", 3, 5],
  ]);
});
