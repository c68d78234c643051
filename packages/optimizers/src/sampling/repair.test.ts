import {
  conv,
  eyeriss,
  gemmini,
  makeNestPoint,
  type NestPoint,
  nvdlaSmall,
  seededRandom,
  simba,
  type Target,
} from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { describe, expect, it } from "vitest";
import { randomTiling } from "../mapper/random-tiling.js";
import { makeNetwork } from "../network/network.js";
import { makePlacedNetwork } from "../run/placed-network.js";
import { randomHardware } from "./random-hardware.js";
import { randomMapping } from "./random-mapping.js";
import { repair } from "./repair.js";

const problem = conv({ R: 3, S: 3, P: 28, Q: 28, C: 48, K: 64, stride: [2, 2] });

function placed(target: Target) {
  const workload = { name: "one", description: "", source: "test", layers: [{ problem, count: 1 }] };
  return makePlacedNetwork(
    makeNetwork({ model: analyticalModel(target), workload, objective: { name: "edp" }, fixed: {} }),
    {
      spend: () => {
        throw new Error("drawing mappings spends nothing");
      },
    },
  );
}

/** Products of the factors of every dimension. */
function products({ space, nest, loopOf }: NestPoint): number[] {
  return space.slotsOf.map((own) => own.reduce((product, slot) => product * nest.factor[loopOf[slot]!]!, 1));
}

describe("repair", () => {
  for (const target of [gemmini, eyeriss, simba, nvdlaSmall]) {
    it(`makes any mapping fit any hardware of ${target.name}, and keeps all factors`, () => {
      const view = placed(target);
      const point = makeNestPoint(view.network.layers[0]!.model.space);
      const source = seededRandom(3);
      let repaired = 0;
      for (let draw = 0; draw < 200; draw++) {
        view.place(randomHardware(view.network, source));
        randomTiling(point, source);
        if (view.excess(0, point) > 0) repaired++;
        expect(repair(view, 0, point, source)).toBe(true);
        expect(view.excess(0, point)).toBe(0);
        expect(products(point)).toEqual([...point.space.shape.bounds]);
      }
      expect(repaired).toBeGreaterThan(20);
    });
  }

  it("leaves alone what fits", () => {
    const view = placed(gemmini);
    const point = makeNestPoint(view.network.layers[0]!.model.space);
    view.place(Float64Array.of(16, 64, 64));
    const before = point.nest.factor.slice();
    expect(repair(view, 0, point, seededRandom(1))).toBe(true);
    expect(point.nest.factor).toEqual(before);
  });
});

describe("randomMapping", () => {
  it("fits, and reaches many mappings and every loop order that matters", () => {
    const view = placed(gemmini);
    const point = makeNestPoint(view.network.layers[0]!.model.space);
    const source = seededRandom(5);
    view.place(Float64Array.of(16, 64, 64));
    const tilings = new Set<string>();
    const orders = new Set<string>();
    for (let draw = 0; draw < 300; draw++) {
      expect(randomMapping(view, 0, point, source)).toBe(true);
      expect(view.excess(0, point)).toBe(0);
      expect(products(point)).toEqual([...point.space.shape.bounds]);
      tilings.add(point.loopOf.map((loop) => point.nest.factor[loop]!).join());
      orders.add(point.slotOf.join());
    }
    expect(tilings.size).toBeGreaterThan(250);
    expect(orders.size).toBeGreaterThan(3);
  });
});
