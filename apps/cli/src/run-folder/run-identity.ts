import { fingerprint } from "../files/fingerprint.js";
import type { LearnedModelData } from "../input/model-input.js";
import type { SearchInputs, SearchPlan } from "../plan/search-plan.js";
import type { RunResult } from "./run-result.js";

/** What decides a run's answer: runs of one identity have the same one. */
export type RunIdentity = Pick<RunResult, "inputs" | "counts" | "method" | "options" | "objective" | "fixed">;

const known = new WeakMap<SearchInputs, RunResult["inputs"]>();

/** Names and hashes of a search's inputs, as a result keeps them; made once of the same ones. */
export function inputHashes(inputs: SearchInputs): RunResult["inputs"] {
  const hashes = known.get(inputs) ?? hashesOf(inputs);
  known.set(inputs, hashes);
  return hashes;
}

function hashesOf({ workload, target, energyTable, learned }: SearchInputs): RunResult["inputs"] {
  const tableName = typeof energyTable === "string" ? energyTable : (energyTable.name ?? "actions");
  return {
    workload: { name: workload.name, sha256: fingerprint(workload) },
    target: { name: target.name, sha256: fingerprint(target) },
    energyTable: { name: tableName, sha256: fingerprint(energyTable) },
    ...(learned === undefined ? {} : { learned: { name: modelName(learned.model), sha256: fingerprint(learned) } }),
  };
}

function modelName(model: LearnedModelData): string {
  return typeof model === "string" ? model : String(model.name);
}

export function planIdentity({ inputs, method, options, objective, fixed }: SearchPlan): RunIdentity {
  return { inputs: inputHashes(inputs), counts: inputs.counts, method, options: { ...options }, objective, fixed };
}

/** Whether two runs must have the same answer. */
export function sameIdentity(a: RunIdentity, b: RunIdentity): boolean {
  return identityFingerprint(a) === identityFingerprint(b);
}

/** Fields in one order, whatever file or program they come from. */
export function identityFingerprint({ inputs, counts, method, options, objective, fixed }: RunIdentity): string {
  const { workload, target, energyTable, learned } = inputs;
  const sorted = (record: object) => Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
  return fingerprint([
    [workload.sha256, target.sha256, energyTable.sha256, ...(learned === undefined ? [] : [learned.sha256])],
    [counts, method, sorted(options), sorted(objective), sorted(fixed)],
  ]);
}
