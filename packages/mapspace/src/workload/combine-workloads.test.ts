import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { conv } from "../problem/conv.js";
import { matmul } from "../problem/matmul.js";
import { SourceText, validate, workloadSchema } from "../schema/index.js";
import { builtInWorkload } from "../workloads/index.js";
import { combineWorkloads } from "./combine-workloads.js";
import { type Workload, workloadMacs } from "./workload.js";

const network = (name: string, layers: Workload["layers"], more: Partial<Workload> = {}): Workload => ({
  ...{ name, description: `about ${name}`, source: `page of ${name}`, layers },
  ...more,
});
const product = (name: string, m: number) => matmul({ name, m, k: 8, n: 8 });
const a = network("a", [
  { problem: product("first", 4), count: 2 },
  { problem: product("second", 5), count: 1 },
]);
const b = network(
  "b",
  [
    { problem: conv({ name: "own", R: 3, S: 3, P: 8, Q: 8, C: 4, K: 4 }), count: 4 },
    { problem: product("shared", 5), count: 7 },
  ],
  { dataMovement: [{ name: "pool", kind: "MaxPool", count: 2, wordsRead: 10, wordsWritten: 3 }] },
);

describe("combineWorkloads", () => {
  it("weights counts, merges equal layers, and knows what each network has of them", () => {
    const whole = combineWorkloads([{ workload: a }, { workload: b, weight: 3 }]);
    expect(whole.name).toBe("a + 3 x b");
    expect(whole.layers.map(({ problem, count }) => [problem.name, count])).toEqual([
      ["a/first", 2],
      ["a/second+b/shared", 1 + 3 * 7],
      ["b/own", 3 * 4],
    ]);
    expect(whole.dataMovement).toEqual([{ name: "b/pool", kind: "MaxPool", count: 6, wordsRead: 10, wordsWritten: 3 }]);
    expect(whole.networks).toEqual([
      { name: "a", weight: 1, layerCounts: [2, 1, 0], movementCounts: [0] },
      { name: "b", weight: 3, layerCounts: [0, 7, 4], movementCounts: [2] },
    ]);
  });

  it("leaves a network that is alone as it is", () => {
    expect(combineWorkloads([{ workload: b }])).toBe(b);
    expect(combineWorkloads([{ workload: b, weight: 1 }])).toBe(b);
    const often = combineWorkloads([{ workload: b, weight: 2 }]);
    expect(often.layers.map(({ count }) => count)).toEqual([8, 14]);
  });

  const faults: [what: string, networks: Parameters<typeof combineWorkloads>[0], said: RegExp][] = [
    ["no network", [], /there is no network/],
    ["half a weight", [{ workload: a, weight: 0.5 }], /the weight of a is 0\.5; give a whole number/],
    ["no weight at all", [{ workload: a, weight: 0 }], /the weight of a is 0/],
    ["one name twice", [{ workload: a }, { workload: { ...b, name: "a" } }], /two networks are called a/],
    [
      "networks of networks",
      [{ workload: combineWorkloads([{ workload: a, weight: 2 }]) }, { workload: b }],
      /several/,
    ],
  ];
  it.each(faults)("refuses %s", (_, networks, said) => {
    expect(() => combineWorkloads(networks)).toThrow(said);
  });

  test("as many multiply-accumulates as the networks have, for any weights and orders of the built-in networks", () => {
    const names = fc.uniqueArray(fc.constantFrom("resnet18", "resnet50", "bert", "vit-b16", "unet"), { minLength: 1 });
    const weights = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(names, weights, (names, weights) => {
        const networks = names.map((name, i) => ({ workload: builtInWorkload(name), weight: weights[i]! }));
        const whole = combineWorkloads(networks);
        const sum = networks.reduce((macs, own) => macs + own.weight * workloadMacs(own.workload), 0);
        expect(workloadMacs(whole)).toBe(sum);
        const layers = whole.layers.map(({ problem }) => problem.name);
        expect(new Set(layers).size).toBe(layers.length);
      }),
      { numRuns: 25 },
    );
  });
});

test("several networks are a document like one", () => {
  const whole = combineWorkloads([{ workload: a }, { workload: b, weight: 3 }]);
  expect(validate(new SourceText(JSON.stringify(whole)), workloadSchema)).toEqual(whole);
});

test("a document whose counts are not those of its networks is refused, with the place", () => {
  const whole = combineWorkloads([{ workload: a }, { workload: b, weight: 3 }]);
  const parse = (document: unknown) => validate(new SourceText(JSON.stringify(document, null, 1)), workloadSchema);
  const [first, ...others] = whole.layers;
  expect(() => parse({ ...whole, layers: [{ ...first, count: 3 }, ...others] })).toThrow(
    /layers\[0\]\.count: is 3, the networks make 2/,
  );
  const [one, two] = whole.networks!;
  expect(() => parse({ ...whole, networks: [{ ...one, layerCounts: [1] }, two] })).toThrow(/1 counts of 3 layers/);
});
