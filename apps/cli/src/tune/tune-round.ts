import { readdir } from "node:fs/promises";
import type { Hardware } from "@loopnest/mapspace";
import type { TunedTotals, TuningWay } from "@loopnest/report";
import * as z from "zod";
import { namesWithin } from "../files/own-folder.js";
import { readUnlessBroken, type SealedKind, writeSealed } from "../files/sealed-file.js";
import type { MeasureCase } from "../measure/read-cases.js";
import { TUNE_FILES } from "./tune-folder.js";

/** A case that a round measures, with what is predicted of it. */
export interface RoundCase extends MeasureCase {
  readonly layer: string;
  /** Whether a design needs it; the others were proposed. */
  readonly found: boolean;
  readonly predictedCycles: number;
  readonly analyticalCycles: number;
}

/** A design that a round measures. */
export interface RoundDesign {
  readonly name: string;
  readonly way: TuningWay;
  readonly hardware: Hardware;
  readonly predicted: TunedTotals;
  /** Energy and time of what is no layer. */
  readonly rest: { readonly energyUj: number; readonly latencyCycles: number };
  readonly layers: readonly {
    readonly name: string;
    readonly count: number;
    /** Hash of its case. */
    readonly id: string;
    /** Of one execution, by the analytical model. */
    readonly energyPj: number;
    readonly predictedCycles: number;
    readonly bottleneck: string;
  }[];
}

/** What one round measures, as plain data. */
export interface TuneRound {
  readonly round: number;
  readonly designs: readonly RoundDesign[];
  /** None that an earlier round has measured; those of designs first. */
  readonly cases: readonly RoundCase[];
}

const storedSchema = z.strictObject({
  schemaVersion: z.literal(1),
  loopnest: z.string().exactOptional().describe("version that proposed the round"),
  sha256: z.string().describe("of the round"),
  round: z.looseObject({ round: z.int().min(0), designs: z.array(z.unknown()), cases: z.array(z.unknown()) }),
});

const roundKind: SealedKind<{ readonly round: TuneRound }> = {
  schema: storedSchema,
  sealed: ({ round }) => round,
  damaged: "begin anew with --force",
};

/** Keeps a round before anything of it is measured. */
export async function keepRound(dir: string, round: TuneRound): Promise<void> {
  await writeSealed(dir, roundFile(round.round), roundKind, { round });
}

/** The rounds that a folder keeps, in order. @throws LoopnestError `input` for a damaged file. */
export async function readRounds(dir: string): Promise<TuneRound[]> {
  if (!(await readdir(dir)).includes(TUNE_FILES.rounds)) return [];
  const rounds: TuneRound[] = [];
  const names = await namesWithin(dir, TUNE_FILES.rounds);
  for (let i = 0; names.includes(roundFile(i).split("/")[1]!); i++) {
    const kept = await readUnlessBroken(dir, roundFile(i), roundKind);
    // A round that was changed is proposed anew, and so are those after it.
    if (kept === null) break;
    rounds.push(kept.round);
  }
  return rounds;
}

function roundFile(round: number): string {
  return `${TUNE_FILES.rounds}/${String(round).padStart(2, "0")}.json`;
}
