import { fileName } from "@loopnest/report";
import { type MethodName, offeredMethod } from "../plan/methods.js";
import type { SearchPlan } from "../plan/search-plan.js";
import { identityFingerprint, planIdentity } from "../run-folder/run-identity.js";
import type { ComparePlan, Contest } from "./compare-plan.js";

/** What a run is for: a row of the table, the certified optimum, or a hand-made machine. */
export type RunRole = "method" | "optimum" | "fixed";

/** One run of a comparison before it has run. */
export interface PlannedRun {
  readonly role: RunRole;
  readonly workload: string;
  readonly target: string;
  readonly method: MethodName;
  readonly seed: number;
  readonly plan: SearchPlan;
  /** Where its result is kept, seen from the comparison's folder. */
  readonly file: string;
  /** Of all that decides the answer. */
  readonly identity: string;
}

/** Folder of the runs' results. */
const RUNS_FOLDER = "runs";

/** Exact searches first, since they take longest; then method by method. */
export function plannedRuns(plan: ComparePlan): PlannedRun[] {
  const { networks, machines, methods, optimum } = plan;
  const seeded = networks.flatMap((network) =>
    methods.flatMap((method) => seedsOf(plan).map((seed) => plannedRun(plan, network, "method", method, seed))),
  );
  return [
    ...(optimum ? networks.map((network) => plannedRun(plan, network, "optimum", "exact", 1)) : []),
    ...machines.map((machine) => plannedRun(plan, machine, "fixed", "exact", 1)),
    ...seeded,
  ];
}

/**
 * What takes the place of an exact search of a hand-made machine that did not come to its end: descents, one per seed.
 */
export function insteadOfExact(plan: ComparePlan, { role, workload, target }: PlannedRun): PlannedRun[] {
  if (role !== "fixed") return [];
  const machine = plan.machines.find(
    ({ inputs }) => inputs.workload.name === workload && inputs.target.name === target,
  )!;
  return seedsOf(plan).map((seed) => plannedRun(plan, machine, "fixed", "descent", seed));
}

function seedsOf({ seeds }: ComparePlan): number[] {
  return Array.from({ length: seeds }, (_, i) => i + 1);
}

function plannedRun(
  { objective, samples, networks, machines }: ComparePlan,
  { inputs, fixed }: Contest,
  role: RunRole,
  method: MethodName,
  seed: number,
): PlannedRun {
  const { options, takes } = offeredMethod(method);
  const plan: SearchPlan = {
    ...{ inputs, method, objective, fixed },
    options: options({ seed, ...(takes.includes("samples") && { samples }) }),
  };
  const workload = inputs.workload.name;
  const target = inputs.target.name;
  const folder = distinctFileName(
    workload,
    networks.map((own) => own.inputs.workload.name),
  );
  const machine = distinctFileName(
    target,
    machines.map((own) => own.inputs.target.name),
  );
  const name = [...(role === "fixed" ? [machine] : []), method, ...(method === "exact" ? [] : [seed])].join("-");
  return {
    ...{ role, workload, target, method, seed, plan },
    file: `${RUNS_FOLDER}/${folder}/${role === "fixed" ? "on-" : ""}${name}.json`,
    identity: identityFingerprint(planIdentity(plan)),
  };
}

/** A file name for one of some names: different names get different ones, whatever a file system makes of capitals. */
export function distinctFileName(own: string, names: readonly string[]): string {
  const taken = new Set<string>();
  for (const name of new Set([...names, own])) {
    let file = fileName(name);
    for (let n = 2; taken.has(file.toLowerCase()); n++) file = `${fileName(name)}-${n}`;
    if (name === own) return file;
    taken.add(file.toLowerCase());
  }
  return fileName(own);
}
