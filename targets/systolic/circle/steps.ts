import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Hardware, Mapping, Workload } from "@loopnest/mapspace";
import { loopnest } from "./commands.js";
import { analytical, casesOf, type Design, type Outcome, outcome } from "./design.js";
import { type Case, exists, type Measured, readLines, writeLines } from "./sample-lines.js";
import type { CircleSettings } from "./settings.js";

/** A design to measure: of a network, under a name. */
export interface Named {
  readonly name: string;
  readonly network: Workload;
  readonly design: Design;
}

/** Proposals asked for per sample wanted: most of a mapspace is slow, and left out. */
const PROPOSALS_PER_SAMPLE = 4;

/** The steps of a circle: commands that a user would type. What is in the folder already is not done again. */
export function steps(settings: CircleSettings, folder: string) {
  const { networks, peDim, built, longestCycles, searchSamples, seeds, folds } = settings;
  const target = ["--target", "systolic"];
  const here = (name: string) => join(folder, name);
  const workloads = networks.flatMap(({ name }) => ["--workload", `${name}.json`]);

  async function measure(name: string, cases: readonly Case[]): Promise<Measured[]> {
    await writeLines(here(`${name}-cases.jsonl`), cases);
    await loopnest(folder, "measure", ...target, "--cases", `${name}-cases.jsonl`, "-o", `${name}.jsonl`);
    const byId = new Map((await readLines<Measured>(here(`${name}.jsonl`))).map((one) => [one.id, one]));
    return cases.map(({ id }) => byId.get(id)!);
  }

  return {
    async begin(): Promise<void> {
      for (const network of networks) await writeFile(here(`${network.name}.json`), JSON.stringify(network));
    },
    measure,
    /** Measures designs, all in one go; outcomes in their order, and the samples that they are. */
    async measureDesigns(name: string, designs: readonly Named[]) {
      const cases = designs.map(({ name, network, design }) => casesOf(network, design, name));
      const measured = await measure(name, cases.flat());
      let from = 0;
      const outcomes = designs.map(({ network, design }, i): Outcome => {
        const own = measured.slice(from, from + cases[i]!.length);
        from += cases[i]!.length;
        return outcome(network, design, own);
      });
      return { outcomes, measured };
    },
    /** Mappings that `loopnest sample` proposes, without those that take long. */
    async propose(name: string, n: number, seed: number, model?: string): Promise<Case[]> {
      const file = `${name}-proposed.jsonl`;
      if (!(await exists(here(file)))) {
        const asked = ["-n", String(PROPOSALS_PER_SAMPLE * n), "--seed", String(seed), "-o", `${file}.part`];
        const by = model === undefined ? [] : ["--model", model];
        await loopnest(folder, "sample", ...target, "--pe", String(peDim), ...workloads, ...by, ...asked);
        await rename(here(`${file}.part`), here(file));
      }
      return (await readLines<Case>(here(file)))
        .filter(({ problem, mapping, hardware }) => analytical(problem, mapping, hardware).cycles <= longestCycles)
        .slice(0, n)
        .map(({ problem, mapping, hardware }, i) => ({ id: `${name}-${i + 1}`, problem, mapping, hardware }));
    },
    /** @returns What the calibration prints. */
    async calibrate(name: string, data: readonly Measured[], seed: number): Promise<string> {
      await writeLines(here(`${name}-data.jsonl`), data);
      if (!(await exists(here(`${name}.txt`)))) {
        const files = ["--data", `${name}-data.jsonl`, "-o", `${name}.json`];
        const quick = ["--folds", "2", "--no-learning-curve"];
        const how = ["--seed", String(seed), ...(seed === seeds[0] ? ["--folds", String(folds)] : quick)];
        const printed = await loopnest(folder, "calibrate", ...target, ...files, ...how);
        await writeFile(here(`${name}.txt`), printed);
      }
      return readFile(here(`${name}.txt`), "utf8");
    },
    /** @param free Whether buffer sizes are searched, too. */
    async search(
      name: string,
      network: Workload,
      free: boolean,
      seed: number,
      model: readonly string[],
    ): Promise<Design> {
      if (!(await exists(here(`${name}/result.json`)))) {
        const sizes = Object.entries({ peDim, ...(free ? {} : built) });
        const fixed = sizes.flatMap(([size, value]) => ["--fix", `${size}=${value}`]);
        const spent = ["--samples", String(searchSamples), "--seed", String(seed), "--force", "-o", name];
        const command = free ? "search" : "map";
        await loopnest(folder, command, `${network.name}.json`, ...target, ...fixed, ...model, ...spent);
      }
      return designOf(await readFile(here(`${name}/result.json`), "utf8"));
    },
  };
}

interface RunResult {
  readonly hardware: Hardware;
  readonly layers: readonly { readonly mapping: Mapping }[];
  readonly learned?: { readonly layers: readonly { readonly predictedCycles: number }[] };
}

/** The design of a search's `result.json`. */
function designOf(text: string): Design {
  const { hardware, layers, learned } = JSON.parse(text) as RunResult;
  const mappings = layers.map(({ mapping }) => mapping);
  if (learned === undefined) return { hardware, mappings };
  return { hardware, mappings, learnedCycles: learned.layers.map(({ predictedCycles }) => predictedCycles) };
}
