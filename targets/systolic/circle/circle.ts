import { mkdir } from "node:fs/promises";
import type { Workload } from "@loopnest/mapspace";
import { defaultDesign, type Outcome } from "./design.js";
import type { Measured } from "./sample-lines.js";
import type { CircleSettings } from "./settings.js";
import { type Named, steps } from "./steps.js";

/**
 * How mappings are found: by the default tiler; by search with the analytical model, with the first learned model, with
 * it and a penalty on uncertainty, with the second learned model, which has seen what the first one's search found and
 * what it was least sure of.
 */
export const ways = ["tiler", "analytical", "learned", "careful", "second"] as const;
export type Way = (typeof ways)[number];

/** One network on one machine with one seed: what every way led to. */
export interface Comparison {
  readonly network: Workload;
  /** Whether buffer sizes were searched as well. The tiler then has the sizes that the last search found. */
  readonly free: boolean;
  readonly seed: number;
  readonly outcomes: Readonly<Record<Way, Outcome>>;
}

/** What went round. */
export interface CircleReport {
  readonly settings: CircleSettings;
  readonly comparisons: readonly Comparison[];
  /** Printed by the first seed's calibrations. */
  readonly calibrations: readonly string[];
  /** Samples behind them. */
  readonly samples: readonly number[];
}

/**
 * Sample, measure in RTL, calibrate, search with the learned model, measure what it finds; what was found, and what the
 * model is least sure of, teaches the next round.
 *
 * @param folder Where everything is kept: a circle that was stopped goes on from there.
 */
export async function circle(
  settings: CircleSettings,
  folder: string,
  say: (line: string) => void,
): Promise<CircleReport> {
  const { networks, peDim, built, firstSamples, furtherSamples, seeds } = settings;
  await mkdir(folder, { recursive: true });
  const { begin, measure, measureDesigns, propose, calibrate, search } = steps(settings, folder);
  await begin();
  const places = networks.flatMap((network) => [false, true].map((free) => ({ network, free })));
  const first = await measure("samples", await propose("samples", firstSamples, 1));
  say(`${first.length} samples measured`);

  const calibrations: string[] = [];
  const samples: number[] = [];
  const comparisons: Comparison[] = [];
  for (const seed of seeds) {
    const searchAll = async (way: Way, model: readonly string[]) => {
      const designs: Named[] = [];
      for (const { network, free } of places) {
        const name = `${way}-${seed}-${network.name}-${free ? "free" : "built"}`;
        designs.push({ name, network, design: await search(name, network, free, seed, model) });
      }
      const measured = await measureDesigns(`${way}-${seed}`, designs);
      say(`seed ${seed}: found and measured with ${way}`);
      return measured;
    };
    const train = async (round: number, data: readonly Measured[]) => {
      const printed = await calibrate(`model-${seed}-${round}`, data, seed);
      if (seed === seeds[0]) {
        calibrations.push(printed);
        samples.push(data.length);
      }
      return ["--model", `model-${seed}-${round}.json`];
    };
    const alone = await searchAll("analytical", []);
    const model = await train(1, first);
    const learned = await searchAll("learned", model);
    const careful = await searchAll("careful", [...model, "--uncertainty-penalty", "1"]);
    const proposed = await propose(`further-${seed}`, furtherSamples, seed, model[1]);
    const further = await measure(`further-${seed}`, proposed);
    const taught = [...first, ...learned.measured, ...further];
    const second = await searchAll("second", await train(2, taught));
    const tiled = places.map(({ network, free }, i): Named => {
      const hardware = free ? second.outcomes[i]!.hardware : { peDim, ...built };
      const name = `tiler-${seed}-${network.name}-${free ? "free" : "built"}`;
      return { name, network, design: defaultDesign(network, hardware) };
    });
    const tiler = await measureDesigns(`tiler-${seed}`, tiled);
    const found = { tiler, analytical: alone, learned, careful, second };
    places.forEach(({ network, free }, i) => {
      const outcomes = Object.fromEntries(ways.map((way) => [way, found[way].outcomes[i]!])) as Record<Way, Outcome>;
      comparisons.push({ network, free, seed, outcomes });
    });
  }
  return { settings, comparisons, calibrations, samples };
}
