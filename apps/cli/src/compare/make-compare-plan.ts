import { LoopnestError, unknownName } from "@loopnest/mapspace";
import { networkDims } from "../input/network-dims.js";
import { makePlan } from "../plan/make-plan.js";
import { comparedMethods, type MethodName } from "../plan/methods.js";
import type { SearchCommandOptions } from "../plan/search-options.js";
import type { SearchPlan } from "../plan/search-plan.js";
import type { CompareOptions } from "./compare-options.js";
import type { ComparePlan, Contest } from "./compare-plan.js";

/**
 * Reads the inputs of a comparison.
 *
 * @param workloads Names or files, one at least.
 * @throws LoopnestError `input` for whatever is wrong with them.
 */
export async function makeComparePlan(workloads: readonly string[], given: CompareOptions): Promise<ComparePlan> {
  const { objective: name, maxArea, maxLatency, energyTable, counts, dim, fix, pe, target } = given;
  const methods = methodsOf(given.methods);
  const networks: Contest[] = [];
  const machines: Contest[] = [];
  let objective: SearchPlan["objective"] = { name };
  for (const workload of workloads) {
    const base: SearchCommandOptions = {
      ...{
        target,
        method: "descent",
        objective: name,
        seed: 1,
        fix,
        weight: [],
        dim: networkDims(workload, workloads, dim),
      },
      ...(maxArea !== undefined && { maxArea }),
      ...(maxLatency !== undefined && { maxLatency }),
      ...(energyTable !== undefined && { energyTable }),
      ...(counts !== undefined && { counts }),
    };
    const plan = await makePlan([workload], { ...base, ...(pe !== undefined && { pe }) });
    objective = plan.objective;
    networks.push(contest(plan));
    for (const machine of given.fixed) {
      // Sizes that are not given take their defaults: those of the machine as it was built.
      machines.push(
        contest(await makePlan([workload], { ...base, target: machine, fix: [], mapOnly: { layers: [] } })),
      );
    }
  }
  checkNames(networks);
  const { seeds, samples, optimum, exactLimit } = given;
  return { objective, samples, seeds, methods, optimum, exactLimit, networks, machines };
}

function contest({ inputs, fixed }: SearchPlan): Contest {
  return { inputs, fixed };
}

function methodsOf(names: readonly string[]): readonly MethodName[] {
  if (names.length === 0) return comparedMethods;
  return names.map((name) => {
    const found = comparedMethods.find((method) => method === name);
    if (found !== undefined) return found;
    if (name !== "exact") throw unknownName("method", name, comparedMethods, "--methods");
    const problem = "the exact search is what methods are measured by, not one of them";
    throw new LoopnestError({ code: "input", path: "--methods", problem, fix: "leave exact out" });
  });
}

/** Tables and files go by the networks' names. */
function checkNames(networks: readonly Contest[]): void {
  const names = networks.map(({ inputs }) => inputs.workload.name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice === undefined) return;
  throw new LoopnestError({
    code: "input",
    problem: `two workloads are called ${twice}`,
    fix: "give each of them once, or another name in its file",
    got: twice,
  });
}
