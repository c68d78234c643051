import { readFileSync } from "node:fs";
import type { Architecture, Mapping, Problem } from "@loopnest/mapspace";
import { evaluate } from "@loopnest/model-analytical";
import { expect, it } from "vitest";
import { exportTimeloop, importTimeloop } from "../src/index.js";

interface Record {
  readonly id: string;
  readonly architecture: Architecture;
  readonly problem: Problem;
  readonly mapping: Mapping;
  readonly expected: { readonly energyPj: number };
}

const records = readFileSync(new URL("priced.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Record);

it("machines with prices and parts cost the same after a journey through Timeloop's files", () => {
  for (const { id, architecture, problem, mapping, expected } of records) {
    const files = Object.entries(exportTimeloop({ architecture, problem, mapping })).map(([file, text]) => ({
      file,
      text: String(text),
    }));
    const read = importTimeloop(files);
    const { inexact: _, ...before } = evaluate(problem, architecture, mapping);
    const after = evaluate(read.problem, read.architecture, read.mapping!);
    expect(after.energyPj / expected.energyPj, id).toBeCloseTo(1, 6);
    expect(after, id).toMatchObject({ cycles: before.cycles, areaMm2: before.areaMm2 });
    for (const [network, tensors] of Object.entries(before.networks)) {
      // Wires that cost nothing need not be written.
      const costs = Object.values(tensors).some(({ energyPj }) => energyPj > 0);
      if (costs) expect(after.networks[network], `${id} ${network}`).toBeDefined();
    }
  }
});
