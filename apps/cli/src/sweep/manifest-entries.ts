import { growingKeyTable } from "@loopnest/sweep";
import type { Contents } from "../jobs/contents.js";
import { type JobRecord, jobKey, jobRecord } from "../jobs/job-record.js";
import type { SearchInputs } from "../plan/search-plan.js";
import { inputHashes } from "../run-folder/run-identity.js";
import type { ManifestEntry } from "./manifest.js";
import { plannedPoints } from "./plan-points.js";
import type { StudyFile } from "./study-file.js";

/** What is counted while entries are made. */
export interface ManifestCount {
  points: number;
  /** Points that are a search that another point is, too. */
  repeated: number;
  /** Names of all sizes of the targets. */
  sizes: string[];
}

/**
 * The searches of a study, each once, their inputs kept among contents. @throws LoopnestError `input` as
 * `plannedPoints`.
 */
export async function* manifestEntries(
  file: StudyFile,
  contents: Contents,
  count: ManifestCount = { points: 0, repeated: 0, sizes: [] },
): AsyncGenerator<ManifestEntry> {
  const seen = growingKeyTable();
  const kept = new WeakMap<SearchInputs, JobRecord["inputs"]>();
  const wants = file.study.keep === "runs" ? "both" : "figures";
  for await (const { point, plan } of plannedPoints(file)) {
    const job = await jobRecord({ plan, wants }, contents, kept);
    const key = jobKey(job);
    if (!seen.add(key)) {
      count.repeated++;
      continue;
    }
    count.points++;
    for (const { name } of plan.inputs.target.sizes) if (!count.sizes.includes(name)) count.sizes.push(name);
    const { workload, target, energyTable } = inputHashes(plan.inputs);
    const names = { workload: workload.name, target: target.name, energyTable: energyTable.name };
    yield { number: count.points, key, point, names, job };
  }
}
