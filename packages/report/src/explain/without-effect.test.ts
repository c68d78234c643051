import { expect, it } from "vitest";
import { type KnownOfSizes, withoutEffect } from "./without-effect.js";

const elasticity = { name: "bufferKb", edp: 0, edpOfLess: 0 } as unknown as KnownOfSizes["elasticities"][number];
const known = (from: number, to: number, more: Partial<KnownOfSizes> = {}): KnownOfSizes => ({
  adapted: [{ size: "bufferKb", from, to, asIs: 1, adapted: 1, area: 1 }],
  sizeNeeds: [{ size: "bufferKb", needs: [3, 7.5] } as unknown as KnownOfSizes["sizeNeeds"][number]],
  elasticities: [elasticity],
  layers: [{ problem: { name: "conv" } }, { problem: { name: "fc" } }],
  ...more,
});

it("says that no mapping needs what is taken away, and which needs most", () => {
  expect(withoutEffect(known(16, 8))).toEqual([
    "bufferKb 16 -> 8 changes nothing: no mapping needs more than 7.5 (fc does)",
  ]);
});

it("says that nothing was found to gain from more", () => {
  expect(withoutEffect(known(8, 16))).toEqual([
    "bufferKb 8 -> 16 changes nothing: the mappings need 7.5 at most, and none was found that gains from more",
  ]);
});

it("says nothing where something changes, or where the gradient knows better", () => {
  const changed = { size: "bufferKb", from: 16, to: 8, asIs: 1.02, adapted: 1, area: 1 };
  expect(withoutEffect(known(16, 8, { adapted: [changed] }))).toEqual([]);
  expect(withoutEffect(known(16, 8, { adapted: [{ ...changed, asIs: null }] }))).toEqual([]);
  expect(withoutEffect(known(16, 8, { adapted: [{ ...changed, asIs: 1, adapted: 0.98 }] }))).toEqual([]);
  expect(withoutEffect(known(8, 16, { elasticities: [{ ...elasticity, edp: 0.01 }] }))).toEqual([]);
  expect(withoutEffect(known(8, 16, { adapted: [] }))).toEqual([]);
});
