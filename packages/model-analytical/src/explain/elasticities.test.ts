import {
  type Cost,
  dosaBert,
  emptyMachine,
  emptyNeeds,
  eyeriss,
  factorizations,
  gemmini,
  type Hardware,
  type Machine,
  makeNestPoint,
  pointFromMapping,
  resnet50,
  type Target,
  unflatten,
  type Workload,
} from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import { builtInEnergyTable } from "../energy-tables/catalogue.js";
import { analyticalModel } from "../model/analytical-model.js";
import { elasticities, type MappedLayer, type TwoSidedElasticity } from "./elasticities.js";

/**
 * Every layer with a mapping that spreads each dimension over its slots as evenly as can be, here and there another.
 */
function mapped(target: Target, workload: Workload): MappedLayer[] {
  const model = analyticalModel(target);
  return workload.layers.map(({ problem, count }, i) => {
    const { space } = model.layer(problem);
    const { nest, loopOf } = makeNestPoint(space);
    space.slotsOf.forEach((slots, d) => {
      const all = [...factorizations(space.shape.bounds[d]!, slots.length)];
      const factors = all[Math.floor(all.length / 2 + i + d) % all.length]!;
      slots.forEach((slot, k) => {
        nest.factor[loopOf[slot]!] = factors[k]!;
      });
    });
    const names = target.levels.map((level) => level.name);
    return { problem, count, mapping: unflatten(space.shape, names, nest) };
  });
}

describe("what the network moves beside its layers", () => {
  it("counts among the totals, and waits for DRAM", () => {
    const model = analyticalModel(gemmini);
    const layers = mapped(gemmini, dosaBert());
    const of = (words: number) => {
      const movement = [{ name: "softmax", kind: "Softmax", count: 1, wordsRead: words, wordsWritten: words }];
      const found = elasticities(model, layers, {}, movement).machine;
      const dram = (quantity: string) => found.find((own) => own.level === "DRAM" && own.quantity === quantity)!.more;
      return { bandwidth: dram("shared bandwidth").latency, energy: dram("energy").energy };
    };
    const none = elasticities(model, layers, {}).machine.find(
      ({ level, quantity }) => level === "DRAM" && quantity === "energy",
    )!;
    expect(of(0).energy).toBeCloseTo(none.more.energy, 12);
    // So much that nothing else matters: all energy is DRAM's, and all time goes with its bandwidth.
    expect(of(1e15).energy).toBeCloseTo(1, 3);
    expect(of(1e15).bandwidth).toBeCloseTo(-1, 3);
    expect(of(1e6).energy).toBeGreaterThan(of(0).energy);
  });
});

/** Log energy and log latency of a network on a machine that may be changed before. */
function logs(target: Target, layers: readonly MappedLayer[], sizes: Float64Array, change: (machine: Machine) => void) {
  const model = analyticalModel(target);
  const machine = emptyMachine(target.levels.length);
  model.machine(sizes, "smooth", machine);
  change(machine);
  const needs = emptyNeeds(target.levels.length);
  const cost: Cost = { energyPj: 0, latencyCycles: 0 };
  let energy = 0;
  let latency = 0;
  for (const { problem, count, mapping } of layers) {
    const layer = model.layer(problem);
    const { nest } = pointFromMapping(layer.space, mapping);
    layer.needs(nest, needs);
    layer.evaluate(nest, machine, "smooth", cost);
    energy += count * cost.energyPj;
    latency += count * cost.latencyCycles;
  }
  return { energy: Math.log(energy), latency: Math.log(latency) };
}

type Logs = ReturnType<typeof logs>;
const H = 1e-4;
/** One-sided slope of second order, to the side of `sign`. */
const slopeOf = (at: (h: number) => Logs, sign: number) => {
  const [here, near, far] = [at(0), at(sign * H), at(2 * sign * H)];
  const slope = (of: "energy" | "latency") => (sign * (4 * near[of] - far[of] - 3 * here[of])) / (2 * H);
  return { energy: slope("energy"), latency: slope("latency") };
};
/** Both sides of an elasticity against those of a function of the log of its quantity. */
const expectSlopes = (found: TwoSidedElasticity, at: (h: number) => Logs, what: string) => {
  for (const [side, sign] of [
    ["more", 1],
    ["less", -1],
  ] as const) {
    const slope = slopeOf(at, sign);
    expect(found[side].energy, `energy, ${side} ${what}`).toBeCloseTo(slope.energy, 5);
    expect(found[side].latency, `latency, ${side} ${what}`).toBeCloseTo(slope.latency, 5);
    expect(found[side].edp).toBeCloseTo(slope.energy + slope.latency, 5);
  }
};

const cases: { target: Target; workload: Workload; hardware: Hardware }[] = [
  { target: gemmini, workload: resnet50(), hardware: { peDim: 32, scratchpadKb: 128, accumulatorKb: 33 } },
  { target: { ...gemmini, energyTable: "cacti-40nm" }, workload: dosaBert(), hardware: {} },
  { target: eyeriss, workload: resnet50(), hardware: { globalBufferKb: 64 } },
];

describe("elasticities", () => {
  for (const { target, workload, hardware } of cases) {
    const name = `${workload.name} on ${target.name}, ${target.energyTable}`;
    const layers = mapped(target, workload);
    const found = elasticities(analyticalModel(target), layers, hardware);
    const sizes = Float64Array.from(target.sizes, (size) => hardware[size.name] ?? size.default);

    it(`${name}: agree with finite differences in every size`, () => {
      target.sizes.forEach((size, i) => {
        const at = (h: number) => {
          const changed = sizes.slice();
          changed[i]! *= Math.exp(h);
          return logs(target, layers, changed, () => {});
        };
        expectSlopes(found.sizes[i]!, at, size.name);
      });
    });

    it(`${name}: agree with finite differences in every bandwidth and energy`, () => {
      for (const one of found.machine) {
        const { level, quantity } = one;
        const l = target.levels.findIndex(({ name }) => name === level);
        const at = (h: number) =>
          logs(target, layers, sizes, (machine) => {
            const field = {
              "read bandwidth": machine.bandwidthRead,
              "write bandwidth": machine.bandwidthWrite,
              "shared bandwidth": machine.bandwidthShared,
              energy: level === "compute" ? machine.macEnergyPj : machine.energyPerVectorAccessPj,
            }[quantity];
            field[Math.max(l, 0)]! *= Math.exp(h);
          });
        expectSlopes(one, at, `${level} ${quantity}`);
      }
    });

    it(`${name}: all prices together are the energy, all bandwidths at most the latency`, () => {
      const sum = (of: "energy" | "latency") => found.machine.reduce((total, one) => total + one.more[of], 0);
      expect(sum("energy")).toBeCloseTo(1, 6);
      expect(sum("latency")).toBeLessThanOrEqual(0);
      expect(sum("latency")).toBeGreaterThanOrEqual(-1 - 1e-6);
    });
  }

  it("say what a size does to the area", () => {
    const { sizes } = elasticities(
      analyticalModel(gemmini, { table: builtInEnergyTable("dosa") }),
      mapped(gemmini, dosaBert()),
      {},
    );
    for (const { area } of sizes) expect(area).toBeGreaterThan(0);
  });

  it("refuse an unknown size", () => {
    expect(() => elasticities(analyticalModel(gemmini), [], { peDin: 3 })).toThrow("gemmini has no size peDin");
  });
});
