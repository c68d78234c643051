import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Architecture, Mapping, Problem } from "@loopnest/mapspace";
import { expect, it } from "vitest";
import { countBySteps, evaluate } from "../src/index.js";

interface PricedRecord {
  readonly id: string;
  readonly architecture: Architecture;
  readonly problem: Problem;
  readonly mapping: Mapping;
  readonly expected: {
    readonly cycles: number;
    readonly energyPj: number;
    readonly levels: Readonly<
      Record<string, { readonly cycles: number; readonly tensors: Readonly<Record<string, object>> }>
    >;
    readonly leakPj: Readonly<Record<string, number>>;
    readonly networks?: Readonly<
      Record<string, Readonly<Record<string, { readonly hops: number; readonly energyPj: number }>>>
    >;
  };
}

const file = new URL("golden/current/priced.jsonl.gz", import.meta.url);
const records = gunzipSync(readFileSync(file))
  .toString("utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as PricedRecord);

/** What Timeloop printed, with 13 digits. */
const near = (value: number) => expect.closeTo(value, Math.max(0, 6 - Math.floor(Math.log10(Math.abs(value) + 1))));

it("machines with prices and parts cost what they cost in Timeloop: every access, leakage, every network", () => {
  expect(records.length).toBeGreaterThanOrEqual(100);
  for (const { id, problem, architecture, mapping, expected } of records) {
    const found = evaluate(problem, architecture, mapping, "timeloop-2025");
    expect(found.cycles, id).toBe(expected.cycles);
    expect(found.energyPj / expected.energyPj, id).toBeCloseTo(1, 6);
    for (const [level, { tensors }] of Object.entries(expected.levels)) {
      for (const [tensor, counts] of Object.entries(tensors)) {
        const { energyPj, ...words } = counts as { energyPj: number };
        expect(found.levels[level]!.tensors[tensor], `${id} ${level} ${tensor}`).toMatchObject(words);
        expect(found.levels[level]!.tensors[tensor]!.energyPj, `${id} ${level} ${tensor}`).toEqual(near(energyPj));
      }
    }
    for (const [level, energyPj] of Object.entries(expected.leakPj)) {
      expect(found.leakPj[level], `${id} ${level}`).toEqual(near(energyPj));
    }
    expect(Object.keys(found.networks).sort(), id).toEqual(Object.keys(expected.networks ?? {}).sort());
    for (const [network, tensors] of Object.entries(expected.networks ?? {})) {
      for (const [tensor, { hops, energyPj }] of Object.entries(tensors)) {
        const own = found.networks[network]![tensor]!;
        expect(own.hops, `${id} ${network} ${tensor}`).toBeCloseTo(hops, 6);
        expect(own.energyPj, `${id} ${network} ${tensor}`).toEqual(near(energyPj));
      }
    }
  }
});

it("prices change no count: the step counter finds the same on priced machines", () => {
  let walked = 0;
  for (const { id, problem, architecture, mapping } of records) {
    const found = evaluate(problem, architecture, mapping, "timeloop-2025");
    if (found.computeCycles > 2000) continue;
    const counted = countBySteps(problem, architecture, mapping, "timeloop-2025", 10_000);
    for (const [level, { tensors }] of Object.entries(found.levels)) {
      for (const [tensor, { reads, updates, fills }] of Object.entries(tensors)) {
        expect(counted.levels[level]!.tensors[tensor], `${id} ${level}`).toMatchObject({ reads, updates, fills });
      }
    }
    walked++;
  }
  expect(walked).toBeGreaterThanOrEqual(10);
});

it("the parts add up, and a level that holds several tiles of each tensor has room for its share only", () => {
  const { problem, architecture, mapping } = records.find(({ expected }) => expected.networks !== undefined)!;
  const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);
  const found = evaluate(problem, architecture, mapping);
  const levels = Object.values(found.levels).flatMap(({ tensors }) => Object.values(tensors));
  const networks = Object.values(found.networks).flatMap((network) => Object.values(network));
  const parts = [...levels, ...networks].map(({ energyPj }) => energyPj);
  expect(found.energyPj / (found.computeEnergyPj + sum(parts) + sum(Object.values(found.leakPj)))).toBeCloseTo(1, 12);
  const doubled: Architecture = {
    ...architecture,
    levels: architecture.levels.map((level, l) => {
      const held = Object.values(found.levels[level.name]!.tensors).map(({ utilizedCapacity }) => utilizedCapacity);
      return l === 0 ? level : { ...level, capacityWords: 2 * sum(held) - 1, multipleBuffering: 2 };
    }),
  };
  expect(() => evaluate(problem, doubled, mapping)).toThrow(expect.objectContaining({ code: "capacity" }));
});
