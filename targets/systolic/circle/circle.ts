import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Hardware, Mapping } from "@loopnest/mapspace";
import { loopnest } from "./commands.js";
import { analytical, casesOf, type Design, defaultDesign, type Outcome, outcome } from "./design.js";
import type { Experiment } from "./experiments.js";
import { appendLines, type Case, exists, type Measured, readLines, writeLines } from "./sample-lines.js";

/** Evaluations of the whole network that every search may spend, and the seeds that it is repeated with. */
export const SEARCH_SAMPLES = 3000;
export const SEEDS = [1, 2, 3];
/** Memories of the machine as built: what the default tiler gets. */
const DEFAULT_KB = { scratchpadKb: 64, accumulatorKb: 64 };
/** Proposals are spread over the mapspace, most of which is slow: longer ones are left out, to measure in minutes. */
const LONGEST_CYCLES = 200_000;
const PROPOSALS_PER_SAMPLE = 4;

/** What went round. */
export interface CircleReport {
  readonly experiment: Experiment;
  readonly tiler: Outcome;
  /** The default tiler on the hardware that the learned search found last. */
  readonly tilerOnFound: Outcome;
  /** One per seed. */
  readonly analytical: readonly Outcome[];
  /** One per round, seed 1; the samples behind each calibration. */
  readonly rounds: readonly (Outcome & { readonly samples: number })[];
  /** With the last model, one per seed. */
  readonly learned: readonly Outcome[];
  /** Printed by the last calibration. */
  readonly calibration: string;
}

/**
 * Sample, measure in RTL, calibrate, search with the learned model, measure what it finds; what was found teaches the next round.
 *
 * @param folder Where everything is kept: a circle that was stopped goes on from there.
 */
export async function circle(
  experiment: Experiment,
  folder: string,
  say: (line: string) => void,
): Promise<CircleReport> {
  const { workload, peDim, firstSamples, furtherSamples, rounds } = experiment;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "network.json"), JSON.stringify(workload));
  const at = ["--target", "systolic", "--pe", String(peDim)];

  const measure = async (name: string, cases: readonly Case[]): Promise<Measured[]> => {
    await writeLines(join(folder, `${name}-cases.jsonl`), cases);
    const files = ["--cases", `${name}-cases.jsonl`, "-o", `${name}.jsonl`];
    await loopnest(folder, "measure", "--target", "systolic", ...files);
    const byId = new Map((await readLines<Measured>(join(folder, `${name}.jsonl`))).map((one) => [one.id, one]));
    return cases.map(({ id }) => byId.get(id)!);
  };
  const measureDesign = async (name: string, design: Design): Promise<Outcome & { readonly measured: Measured[] }> => {
    const measured = await measure(name, casesOf(workload, design, name));
    const got = outcome(workload, design, measured);
    say(
      `${name}: predicted ${Math.round(got.predictedCycles)}, measured ${got.measuredCycles}, EDP ${got.measuredEdp.toExponential(3)}`,
    );
    return { ...got, measured };
  };
  const search = async (name: string, seed: number, model: readonly string[]): Promise<Design> => {
    if (!(await exists(join(folder, name, "result.json")))) {
      const spent = ["--samples", String(SEARCH_SAMPLES), "--seed", String(seed)];
      await loopnest(folder, "search", "network.json", ...at, ...model, ...spent, "--force", "-o", name);
    }
    return designOf(await readFile(join(folder, name, "result.json"), "utf8"));
  };
  /** Mappings that `loopnest sample` proposes, without those that take long. */
  const propose = async (name: string, n: number, model: readonly string[]): Promise<Case[]> => {
    if (!(await exists(join(folder, `${name}-proposed.jsonl`)))) {
      const output = ["-n", String(PROPOSALS_PER_SAMPLE * n), "-o", `${name}-proposed.jsonl`];
      await loopnest(folder, "sample", ...at, "--workload", "network.json", ...model, ...output);
    }
    const proposed = await readLines<Case>(join(folder, `${name}-proposed.jsonl`));
    return proposed
      .filter(({ problem, mapping, hardware }) => analytical(problem, mapping, hardware).cycles <= LONGEST_CYCLES)
      .slice(0, n)
      .map(({ problem, mapping, hardware }, i) => ({ id: `${name}-${i + 1}`, problem, mapping, hardware }));
  };

  const tiler = await measureDesign("tiler", defaultDesign(workload, { peDim, ...DEFAULT_KB }));
  const alone: Outcome[] = [];
  for (const seed of SEEDS) {
    alone.push(await measureDesign(`analytical-${seed}`, await search(`search-analytical-${seed}`, seed, [])));
  }

  const samples: Measured[] = await measure("samples-0", await propose("samples-0", firstSamples, []));
  const searched: (Outcome & { samples: number })[] = [];
  let calibration = "";
  let model: string[] = [];
  for (let round = 1; round <= rounds; round++) {
    const data = `training-${round}.jsonl`;
    await writeLines(join(folder, data), []);
    await appendLines(join(folder, data), samples);
    const trained = `model-${round}.json`;
    calibration = await loopnest(
      folder,
      "calibrate",
      "--target",
      "systolic",
      "--data",
      data,
      "-o",
      trained,
      "--no-learning-curve",
    );
    model = ["--model", trained];
    const { measured, ...found } = await measureDesign(
      `learned-${round}`,
      await search(`search-learned-${round}`, 1, model),
    );
    searched.push({ ...found, samples: samples.length });
    if (round === rounds) continue;
    const further = await measure(`samples-${round}`, await propose(`samples-${round}`, furtherSamples, model));
    samples.push(...measured, ...further);
  }
  const last: Outcome[] = [searched[rounds - 1]!];
  for (const seed of SEEDS.slice(1)) {
    last.push(await measureDesign(`final-${seed}`, await search(`search-final-${seed}`, seed, model)));
  }
  const tilerOnFound = await measureDesign("tiler-on-found", defaultDesign(workload, last[0]!.hardware));
  return { experiment, tiler, tilerOnFound, analytical: alone, rounds: searched, learned: last, calibration };
}

interface RunResult {
  readonly hardware: Hardware;
  readonly layers: readonly { readonly mapping: Mapping; readonly latencyCycles: number }[];
  readonly learned?: { readonly layers: readonly { readonly predictedCycles: number }[] };
}

/** The design of a search's `result.json`. */
function designOf(text: string): Design {
  const { hardware, layers, learned } = JSON.parse(text) as RunResult;
  return {
    hardware,
    mappings: layers.map(({ mapping }) => mapping),
    predictedCycles: learned?.layers.map((one) => one.predictedCycles) ?? layers.map((one) => one.latencyCycles),
  };
}
