import { readdirSync, readFileSync } from "node:fs";
import type { Architecture, Mapping, Problem } from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import { exportTimeloop, importTimeloop } from "../src/index.js";
import { fixture } from "./fixture-files.js";

interface Record {
  readonly id: string;
  readonly architecture: Architecture;
  readonly problem: Problem;
  readonly mapping: Mapping;
}

const folder = new URL("golden/", import.meta.url);
const families = readdirSync(folder).map((file) => {
  const lines = readFileSync(new URL(file, folder), "utf8").trim().split("\n");
  return [file.replace(".jsonl", ""), lines.map((line) => JSON.parse(line) as Record)] as const;
});

function files(exported: object) {
  return Object.entries(exported).map(([file, text]) => ({ file, text: String(text) }));
}

describe("native to Timeloop and back", () => {
  it("covers every family", () => {
    expect(families.map(([family]) => family).sort()).toEqual(
      ["eyeriss", "gemmini", "handover", "mesh", "operators", "rejected", "simba", "tpu"].sort(),
    );
  });

  it.each(families)("loses nothing of %s", (_, records) => {
    for (const { id, architecture, problem, mapping } of records) {
      const exported = exportTimeloop({ architecture, problem, mapping });
      const read = importTimeloop(files(exported));
      expect([id, read.architecture, read.problem, read.mapping]).toEqual([id, architecture, problem, mapping]);
      expect(Object.keys(read.problem.dims)).toEqual(Object.keys(problem.dims));
      expect(exportTimeloop({ ...read, mapping: read.mapping! })).toEqual(exported);
    }
  });

  it("leaves the costs of the compute units to the tables: Timeloop reads their attributes as whole numbers", () => {
    const { architecture, problem, mapping } = families[0]![1][0]!;
    const all = files(exportTimeloop({ architecture, problem, mapping }));
    expect(all[0]!.text).toMatch(/class: intmac\n\s+attributes:\n\s+instances: \d+\n\s+meshX: \d+\n\s+meshY: \d+\n\S/);
    const { energyPj, areaPerInstanceUm2 } = architecture.compute;
    const costs = { energyTable: { MAC: energyPj }, areaTable: { MAC: areaPerInstanceUm2 } };
    const read = importTimeloop(
      all.filter(({ file }) => !file.includes("RT")),
      costs,
    );
    expect(read.architecture).toEqual(architecture);
  });
});

describe("Timeloop to native and back", () => {
  const options = { unequalEnergies: "max", areaTable: { "*": 7 } } as const;

  it.each(["weight-stationary-v03", "output-stationary-flat", "eyeriss-like-v04"])("means the same for %s", (name) => {
    const { architecture, problem, mapping } = importTimeloop(fixture(name), options);
    const again = importTimeloop(files(exportTimeloop({ architecture, problem, mapping: mapping! })));
    expect([again.architecture, again.problem, again.mapping]).toEqual([architecture, problem, mapping]);
  });
});
