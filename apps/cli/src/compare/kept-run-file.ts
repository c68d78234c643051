import { LoopnestError } from "@loopnest/mapspace";
import { mappingSchema } from "@loopnest/mapspace/schema";
import * as z from "zod";
import { pathWithin } from "../files/own-folder.js";
import { readSealed, type SealedKind, writeSealed } from "../files/sealed-file.js";
import { runResultSchema } from "../run-folder/run-result.js";
import type { PlannedRun } from "./planned-run.js";

const amount = z.number().min(0);

const keptDesign = z.strictObject({
  value: amount.describe("of the objective, by the exact model"),
  hardware: z.record(z.string(), z.number()),
  totals: runResultSchema.shape.totals,
  layers: z.array(
    z.strictObject({
      name: z.string(),
      count: z.int().min(1),
      energyPj: amount.describe("of one execution"),
      latencyCycles: amount.describe("of one execution"),
      mapping: mappingSchema,
    }),
  ),
});

const keptRun = z.strictObject({
  role: z.enum(["method", "optimum", "fixed"]),
  workload: z.string(),
  target: z.string(),
  method: z.string(),
  seed: z.int(),
  identity: z.string().describe("SHA-256 of all that decides the answer"),
  samples: amount.describe("evaluations of the whole network"),
  seconds: amount.describe("of one thread"),
  limitSeconds: amount.optional().describe("after which an exact search was ended"),
  unsupported: z.string().optional().describe("why an exact search could not be"),
  lowerBound: amount.optional().describe("no design can be better"),
  design: keptDesign.nullable().describe("null if nothing that fits was found"),
  convergence: z.array(z.strictObject({ samples: amount, seconds: amount, value: amount })),
});

/** The file of a finished run. */
const keptFile = z.strictObject({
  schemaVersion: z.literal(1),
  loopnest: z.string().describe("version that ran it"),
  sha256: z.string().describe("of the run"),
  run: keptRun,
});

export type KeptDesign = z.infer<typeof keptDesign>;
export type KeptRun = z.infer<typeof keptRun>;

const again = "take the file away to run this one again";
const keptKind: SealedKind<{ readonly run: KeptRun }> = {
  schema: keptFile,
  sealed: ({ run }) => run,
  damaged: again,
  version: { did: "ran it", or: again },
};

/** Keeps a finished run. */
export async function writeKeptRun(dir: string, { file }: PlannedRun, run: KeptRun): Promise<void> {
  await writeSealed(dir, file, keptKind, { run });
}

/**
 * Reads the file of a finished run.
 *
 * @throws LoopnestError `input` if it is damaged or of another comparison, `unsupported` if another version of loopnest
 * ran it.
 */
export async function readKeptRun(dir: string, { file, identity }: PlannedRun): Promise<KeptRun> {
  const { run } = await readSealed(dir, file, keptKind);
  if (run.identity === identity) return run;
  throw new LoopnestError({
    ...{ code: "input", path: await pathWithin(dir, file), problem: "it is a run of other inputs or options" },
    fix: "choose another folder with -o, or add --force",
  });
}
