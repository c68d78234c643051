import { LoopnestError } from "@loopnest/mapspace";
import { SourceText, validate } from "@loopnest/mapspace/schema";
import * as z from "zod";
import { version } from "../../package.json";
import { fingerprint } from "../files/fingerprint.js";
import { isOwn, type LearnedModelData } from "../input/model-input.js";
import { methodNames } from "../plan/methods.js";
import type { SearchInputs, SearchPlan } from "../plan/search-plan.js";
import { inputsSchema } from "../run-folder/read-run.js";
import { identityFingerprint } from "../run-folder/run-identity.js";
import { countsSchema, objectiveSchema } from "../run-folder/run-result.js";
import type { Contents } from "./contents.js";
import type { SearchJob } from "./job.js";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "a SHA-256 in hexadecimal");
const name = z.string().min(1).max(200);

/** A job as it travels and is kept: its inputs stand elsewhere, under their SHA-256. */
export const jobRecordSchema = z.strictObject({
  inputs: z.strictObject({
    workload: sha256,
    target: sha256,
    energyTable: sha256,
    learned: sha256.exactOptional(),
    counts: countsSchema,
  }),
  method: z.enum(methodNames),
  options: z
    .record(name, z.union([z.number(), z.string().max(200)]))
    .refine(({ seed, samples }) => Number.isSafeInteger(seed) && Number.isSafeInteger(samples), "seed and samples"),
  objective: objectiveSchema,
  fixed: z.record(name, z.number()),
  part: z.int().min(0).exactOptional(),
  wants: z.enum(["figures", "result", "both"]).describe("what is to be told of what is found"),
  limitSeconds: z.number().gt(0).exactOptional().describe("after which the job is asked for what it has"),
});

export type JobRecord = z.infer<typeof jobRecordSchema>;

/** The key of a job: SHA-256 of all that decides its answer, and of the version that computes it. */
export function jobKey({ inputs, method, options, objective, fixed, part }: JobRecord): string {
  const hash = (of: string) => ({ name: "", sha256: of });
  const { workload, target, energyTable, learned, counts } = inputs;
  const identity = {
    inputs: {
      ...{ workload: hash(workload), target: hash(target), energyTable: hash(energyTable) },
      ...(learned !== undefined && { learned: hash(learned) }),
    },
    ...{ counts, method, options, objective, fixed },
  };
  return fingerprint([version, identityFingerprint(identity), part ?? null]);
}

/** The record of a job, its inputs kept among contents. @param kept Inputs that are kept already, with their names. */
export async function jobRecord(
  { plan, part, wants = "result" }: SearchJob,
  contents: Contents,
  kept: WeakMap<SearchInputs, JobRecord["inputs"]>,
): Promise<JobRecord> {
  const { inputs, method, options, objective, fixed } = plan;
  let names = kept.get(inputs);
  if (names === undefined) {
    refuseCode(inputs);
    const put = (data: unknown) => contents.put(JSON.stringify(data));
    const { workload, target, energyTable, learned, counts } = inputs;
    names = {
      workload: await put(workload),
      target: await put(target),
      energyTable: await put(energyTable),
      ...(learned !== undefined && { learned: await put(learned) }),
      counts,
    };
    kept.set(inputs, names);
  }
  return {
    ...{ inputs: names, method, options: { ...options }, objective, fixed },
    ...(part !== undefined && { part }),
    wants,
  };
}

/** Inputs that were read from contents, by their names: jobs of one study share them. */
export interface InputsReader {
  /** @throws LoopnestError `input` for contents that are missing, damaged, or are no inputs of a search. */
  read(names: JobRecord["inputs"]): Promise<SearchInputs>;
}

/** @param most Inputs that are remembered. */
export function inputsReader(contents: Contents, most = 64): InputsReader {
  const known = new Map<string, Promise<SearchInputs>>();
  return {
    read(names) {
      const id = JSON.stringify(names);
      const found = known.get(id) ?? readInputs(names, contents);
      // The one that was used last is forgotten last.
      known.delete(id);
      known.set(id, found);
      found.catch(() => known.delete(id));
      if (known.size > most) known.delete(known.keys().next().value!);
      return found;
    },
  };
}

async function readInputs(names: JobRecord["inputs"], contents: Contents): Promise<SearchInputs> {
  const { counts, learned } = names;
  const [workload, target, energyTable, model] = await Promise.all(
    [names.workload, names.target, names.energyTable, ...(learned === undefined ? [] : [learned])].map(
      async (own) => JSON.parse(await contents.get(own)) as unknown,
    ),
  );
  const inputs = { workload, target, energyTable, counts, ...(learned !== undefined && { learned: model }) };
  validate(new SourceText(JSON.stringify(inputs), { file: "inputs of a job", format: "json" }), inputsSchema);
  refuseCode(inputs);
  // As they were written, before the schemas fill in or reorder anything.
  return inputs as SearchInputs;
}

/** Jobs come from files and servers: nothing in them is run. */
function refuseCode({ learned }: { readonly learned?: unknown }): void {
  const { model } = (learned ?? { model: "" }) as { readonly model: LearnedModelData };
  if (!isOwn(model)) return;
  throw new LoopnestError({
    ...{ code: "input", path: "--model", problem: `${model.name} is code, which does not travel to workers` },
    fix: "leave --queue out, or give a learned model",
  });
}

/** The job of a record. */
export async function jobOf(record: JobRecord, reader: InputsReader): Promise<SearchJob> {
  const { inputs, method, options, objective, fixed, part, wants } = record;
  const plan: SearchPlan = {
    ...{ inputs: await reader.read(inputs), method, objective, fixed },
    options: options as unknown as SearchPlan["options"],
  };
  return { plan, ...(part !== undefined && { part }), wants };
}
