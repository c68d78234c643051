import { mayPad } from "@loopnest/mapspace";
import { objectiveUnit } from "@loopnest/optimizers";
import {
  type Comparison,
  geometricMean,
  median,
  type NetworkComparison,
  type OverallRow,
  proofSpace,
  type Reference,
  type Row,
  spread,
} from "@loopnest/report";
import type { ComparePlan } from "./compare-plan.js";
import type { KeptRun } from "./kept-run-file.js";

/** Sums of the same terms in another order. */
const ROUNDING = 1e-9;

/** @param runs The finished ones; those that are missing are left out. */
export function comparison(plan: ComparePlan, runs: readonly KeptRun[]): Comparison {
  const networks = plan.networks.map(({ inputs, fixed }) => {
    const { name } = inputs.workload;
    const space = proofSpace({ inputs, counts: inputs.counts, options: {}, fixed, mayPad: mayPad(inputs.workload) });
    return networkComparison(plan, name, of(runs, { workload: name }), space);
  });
  const { target, energyTable } = plan.networks[0]!.inputs;
  return {
    target: target.name,
    energyTable: typeof energyTable === "string" ? energyTable : (energyTable.name ?? "actions"),
    objective: plan.objective,
    unit: objectiveUnit(plan.objective.name),
    samples: plan.samples,
    seeds: plan.seeds,
    networks,
    overall: overall(networks),
  };
}

function networkComparison(
  plan: ComparePlan,
  workload: string,
  runs: readonly KeptRun[],
  space: string,
): NetworkComparison {
  const reference = referenceOf(runs, space);
  const descents = valuesOf(of(runs, { role: "method", method: "descent" }));
  const descent = descents.length > 0 ? median(descents) : null;
  const rows = (groups: readonly (readonly KeptRun[])[]) =>
    groups.flatMap((group) => (group.length === 0 ? [] : [row(group, reference, descent)]));
  const machines = [...new Set(plan.machines.map(({ inputs }) => inputs.target.name))];
  return {
    workload,
    reference,
    methods: rows(plan.methods.map((method) => of(runs, { role: "method", method }))),
    machines: rows(machines.map((target) => machineRuns(of(runs, { role: "fixed", target })))),
  };
}

/** The exact search's, if it came to its end; otherwise the descents'. */
function machineRuns(runs: readonly KeptRun[]): KeptRun[] {
  const exact = of(runs, { method: "exact" });
  return exact.some(isCertified) ? exact : of(runs, { method: "descent" });
}

/** @param space Of which an exact search proves what it says. */
function referenceOf(runs: readonly KeptRun[], space: string): Reference | null {
  const found = runs.filter(({ role, design }) => role !== "fixed" && design !== null);
  const best = found.reduce<KeptRun | null>(
    (least, run) => (least === null || run.design!.value < least.design!.value ? run : least),
    null,
  );
  if (best === null) return null;
  const optimum = runs.find(({ role }) => role === "optimum");
  const certified = optimum !== undefined && isCertified(optimum);
  const { value, hardware } = (certified ? optimum : best).design!;
  return {
    kind: certified ? "certified" : "best known",
    ...{ value, hardware },
    ...(optimum?.lowerBound !== undefined && { lowerBound: optimum.lowerBound, space }),
    ...(optimum !== undefined && optimum.unsupported === undefined && { seconds: optimum.seconds }),
  };
}

/** Whether an exact search has proved its design to be the best. */
function isCertified({ design, lowerBound }: KeptRun): boolean {
  return design !== null && lowerBound !== undefined && design.value <= lowerBound * (1 + ROUNDING);
}

function row(runs: readonly KeptRun[], reference: Reference | null, descent: number | null): Row {
  const values = valuesOf(runs);
  const value = values.length === runs.length ? spread(values) : null;
  const { role, method, target } = runs[0]!;
  return {
    method,
    ...(role === "fixed" && { machine: target, proved: runs.every(isCertified) }),
    runs: runs.length,
    failed: runs.length - values.length,
    value,
    toReference: value === null || reference === null ? null : value.median / reference.value,
    toDescent: value === null || descent === null ? null : value.median / descent,
    samples: median(runs.map(({ samples }) => samples)),
    seconds: median(runs.map(({ seconds }) => seconds)),
  };
}

function overall(networks: readonly NetworkComparison[]): OverallRow[] {
  const rows = (kind: "methods" | "machines", name: (row: Row) => string) => {
    const names = [...new Set(networks.flatMap((network) => network[kind].map(name)))];
    return names.map((own) => {
      const all = networks.map((network) => network[kind].find((row) => name(row) === own));
      const mean = (figure: "toReference" | "toDescent") => {
        const values = all.map((row) => row?.[figure] ?? null);
        return values.some((value) => value === null) ? null : geometricMean(values as number[]);
      };
      const { method, machine } = all.find((row) => row !== undefined)!;
      const quotients = { toReference: mean("toReference"), toDescent: mean("toDescent") };
      return { method, ...(machine !== undefined && { machine }), ...quotients };
    });
  };
  return [...rows("methods", ({ method }) => method), ...rows("machines", ({ machine }) => machine!)];
}

function of(runs: readonly KeptRun[], what: Partial<KeptRun>): KeptRun[] {
  const fields = Object.entries(what) as [keyof KeptRun, unknown][];
  return runs.filter((run) => fields.every(([field, value]) => run[field] === value));
}

function valuesOf(runs: readonly KeptRun[]): number[] {
  return runs.flatMap(({ design }) => (design === null ? [] : [design.value]));
}
