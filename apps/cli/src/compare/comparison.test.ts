import { builtInTarget, builtInWorkload } from "@loopnest/mapspace";
import { comparisonMarkdown, comparisonTable, plainStyle } from "@loopnest/report";
import { describe, expect, test } from "vitest";
import type { ComparePlan } from "./compare-plan.js";
import { comparison } from "./comparison.js";
import type { KeptRun } from "./kept-run-file.js";

const contest = (name: string, on: string): ComparePlan["networks"][number] => ({
  inputs: {
    workload: builtInWorkload(name),
    target: builtInTarget(on),
    energyTable: "dosa",
    counts: "timeloop-2025",
  },
  fixed: {},
});
const plan: ComparePlan = {
  objective: { name: "edp" },
  samples: 100,
  seeds: 3,
  methods: ["descent", "random-dosa"],
  optimum: true,
  exactLimit: 60,
  networks: [contest("bert", "gemmini"), contest("unet", "gemmini")],
  machines: [contest("bert", "eyeriss"), contest("unet", "eyeriss")],
};

/** A run with what the summary looks at. @param value Of the objective; `null` if it found nothing. */
function run(name: string, method: string, seed: number, value: number | null, more: Partial<KeptRun> = {}): KeptRun {
  const totals = { edp: value ?? 0, energyUj: 1, latencyCycles: 1, areaMm2: 1, macs: 1, utilization: 1 };
  return {
    ...{ role: "method", workload: name, target: "gemmini", method, seed, identity: "", samples: 100, seconds: seed },
    design: value === null ? null : { value, hardware: { peDim: 16 }, totals, layers: [] },
    convergence: [],
    ...more,
  };
}

const certified = (name: string, value: number) =>
  run(name, "exact", 1, value, { role: "optimum", lowerBound: value * (1 - 1e-12) });
const eyeriss = { role: "fixed", target: "eyeriss" } as const;
const runs = [
  ...[certified("bert", 10), certified("unet", 1000)],
  ...[12, 10, 11].map((value, i) => run("bert", "descent", i + 1, value)),
  ...[40, 22, 33].map((value, i) => run("bert", "random-dosa", i + 1, value)),
  ...[1000, 1000, 1100].map((value, i) => run("unet", "descent", i + 1, value)),
  ...[3000, 4000, 5000].map((value, i) => run("unet", "random-dosa", i + 1, value)),
  run("bert", "exact", 1, 50, { ...eyeriss, lowerBound: 50 }),
  run("unet", "exact", 1, 9000, { ...eyeriss, lowerBound: 10, limitSeconds: 60 }),
  ...[6000, 7000, 5000].map((value, i) => run("unet", "descent", i + 1, value, eyeriss)),
];

describe("a comparison", () => {
  const { networks, overall } = comparison(plan, runs);

  test("has median and range over seeds, and what they are of the optimum and of the descent", () => {
    const [descent, random] = networks[0]!.methods;
    expect(descent).toMatchObject({ value: { median: 11, least: 10, most: 12 }, toReference: 1.1, toDescent: 1 });
    expect(random).toMatchObject({ value: { median: 33, least: 22, most: 40 }, toReference: 3.3, toDescent: 3 });
    expect(networks[0]!.reference).toMatchObject({ kind: "certified", value: 10 });
  });

  test("takes proved mappings of a machine, and descents where the proof did not come to its end", () => {
    expect(networks[0]!.machines).toMatchObject([{ machine: "eyeriss", proved: true, value: { median: 50 }, runs: 1 }]);
    expect(networks[1]!.machines).toMatchObject([
      { machine: "eyeriss", proved: false, value: { median: 6000 }, runs: 3 },
    ]);
  });

  test("has geometric means over the networks", () => {
    expect(overall.map(({ method, machine }) => machine ?? method)).toEqual(["descent", "random-dosa", "eyeriss"]);
    expect(overall[1]!.toReference).toBeCloseTo(Math.sqrt(3.3 * 4), 12);
    expect(overall[1]!.toDescent).toBeCloseTo(Math.sqrt(3 * 4), 12);
    expect(overall[2]!.toReference).toBeCloseTo(Math.sqrt(5 * 6), 12);
  });
});

describe("without a proof", () => {
  test("the best of all runs with free sizes is what the others are measured by, and that is said", () => {
    const stopped = { role: "optimum", lowerBound: 7, limitSeconds: 60 } as const;
    const some = [run("bert", "exact", 1, 99, stopped), ...runs.filter(({ role }) => role === "method")];
    const compared = comparison(plan, [...some, run("bert", "exact", 1, 5, { ...eyeriss, lowerBound: 5 })]);
    expect(compared.networks[0]!.reference).toMatchObject({ kind: "best known", value: 10, lowerBound: 7 });
    expect(comparisonTable(compared, plainStyle)).toMatch(
      /best known, not certified, 10 uJ x cycles .*; no design is below 7; proven of .*, even, layer by layer\n/,
    );
    expect(comparisonMarkdown(compared)).toContain("bert \\*");
  });

  test("a method that once found nothing has no figures, and neither has its mean", () => {
    const some = runs.map((own) => (own.method === "random-dosa" && own.seed === 2 ? { ...own, design: null } : own));
    const compared = comparison(plan, some);
    expect(compared.networks[0]!.methods[1]).toMatchObject({ value: null, failed: 1, toReference: null });
    expect(compared.overall[1]).toMatchObject({ toReference: null, toDescent: null });
    expect(comparisonTable(compared, plainStyle)).toContain("3, 1 without a design");
  });

  test("networks without runs yet are there", () => {
    expect(comparison(plan, []).networks).toMatchObject([
      { workload: "bert", reference: null, methods: [] },
      { workload: "unet", reference: null, methods: [] },
    ]);
  });
});

test("the Markdown has a line per method with the range of its seeds, and DOSA's quotients beside ours", () => {
  const text = comparisonMarkdown(comparison(plan, runs));
  expect(text).toContain("| random-dosa | 3.300 (2.200 to 4.000) | 4.000 (3.000 to 5.000) | 3.633 | 3.464 |");
  expect(text).toContain("| eyeriss, as built | 5.000 | 6.000 (5.000 to 7.000) |");
  expect(text).toContain("| random-dosa | 3.464 | 3.633 | 2.8 |");
});
