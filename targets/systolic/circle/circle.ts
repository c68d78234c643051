import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Workload } from "@loopnest/mapspace";
import { loopnest, PROGRAM } from "./commands.js";
import { defaultTilerOutcome, type TilerOutcome } from "./default-tiler-outcome.js";
import type { CircleSettings } from "./settings.js";
import type { Tuning } from "./tuning.js";

/** One network with one seed: what tuning came to, and the default tiler on the machine as built. */
export interface Round {
  readonly network: Workload;
  readonly seed: number;
  readonly tuning: Tuning;
  readonly tiler: TilerOutcome;
}

/** What went round. */
export interface CircleReport {
  readonly settings: CircleSettings;
  readonly rounds: readonly Round[];
}

/** Cases that one start of `loopnest measure` gets. */
const BATCH = "16";

/**
 * Takes every network round: `loopnest tune`, whose proposals are mappings of the other networks' layers, with the RTL
 * as the program that measures.
 *
 * @param folder Where everything is kept: a circle that was stopped goes on from there, and measures nothing twice.
 */
export async function circle(
  settings: CircleSettings,
  folder: string,
  say: (line: string) => void,
): Promise<CircleReport> {
  const { networks, peDim, built, measurements, longestCycles, searchSamples, seeds } = settings;
  await mkdir(folder, { recursive: true });
  for (const network of networks) await writeFile(join(folder, fileOf(network)), JSON.stringify(network));
  const measure = [process.execPath, PROGRAM, "measure", "--target", "systolic", "--cases", "-"];
  const rounds: Round[] = [];
  for (const seed of seeds) {
    for (const network of networks) {
      const dir = `${network.name}-${seed}`;
      const others = networks.filter((other) => other !== network);
      const how = [
        ...["--target", "systolic", "--pe", String(peDim), "--network", fileOf(network)],
        ...others.flatMap((other) => ["--sample-network", fileOf(other)]),
        ...["--measure", measure.map((word) => `'${word}'`).join(" "), "--batch", BATCH],
        ...["--measurements", String(measurements), "--max-cycles", String(longestCycles)],
        ...["--samples", String(searchSamples), "--seed", String(seed), "-o", dir],
      ];
      await loopnest(folder, "tune", ...how);
      const tuning = JSON.parse(await readFile(join(folder, dir, "tune.json"), "utf8")) as Tuning;
      const tiler = await defaultTilerOutcome(folder, network, { peDim, ...built });
      rounds.push({ network, seed, tuning, tiler });
      say(`${network.name}, seed ${seed}: ${tuning.measurements.made} measurements`);
    }
  }
  return { settings, rounds };
}

function fileOf({ name }: Workload): string {
  return `${name}.json`;
}
