import { type Hardware, hardwareOf, hardwareSizes, LoopnestError, mapspace, type Target } from "@loopnest/mapspace";
import { energyTableInput, energyTableOf, targetEnergyTable } from "../input/energy-table-input.js";
import { layersInput } from "../input/layers-input.js";
import { targetInput } from "../input/target-input.js";
import { workloadInput } from "../input/workload-input.js";
import { type GivenOptions, type MethodName, offeredMethod } from "./methods.js";
import type { SearchCommandOptions } from "./search-options.js";
import type { SearchInputs, SearchPlan } from "./search-plan.js";

/**
 * Reads the inputs of a search and puts its options together.
 *
 * @param workload Name or file.
 * @throws LoopnestError `input` for whatever is wrong with them.
 */
export async function makePlan(workload: string, given: SearchCommandOptions): Promise<SearchPlan> {
  const { method, objective, maxArea, maxLatency, mapOnly } = given;
  checkTaken(method, given);
  const target = await targetInput(given.target);
  const inputs: SearchInputs = {
    workload: await (mapOnly ? layersInput(workload, mapOnly.layers) : workloadInput(workload)),
    target,
    energyTable: await (given.energyTable === undefined
      ? targetEnergyTable(target, given.target)
      : energyTableInput(given.energyTable)),
  };
  const fixed = fixedSizes(given.fix, target);
  checkMappable(inputs);
  if (maxArea !== undefined || objective === "edap") {
    const { hasAreas, name } = energyTableOf(inputs.energyTable);
    if (!hasAreas)
      throw optionError(maxArea === undefined ? "--objective" : "--max-area", `energy table ${name} has no areas`);
  }
  return {
    inputs,
    method,
    options: offeredMethod(method).options(given),
    objective: {
      name: objective,
      ...(maxArea !== undefined && { maxAreaMm2: maxArea }),
      ...(maxLatency !== undefined && { maxLatencyCycles: maxLatency }),
    },
    fixed: mapOnly ? hardwareOf(target, hardwareSizes(target, fixed)) : fixed,
  };
}

/** An option that the method would not look at is a mistake. */
function checkTaken(method: MethodName, given: SearchCommandOptions): void {
  const { takes } = offeredMethod(method);
  for (const option of ["samples", "starts", "steps", "orders", "gap"] satisfies (keyof GivenOptions)[]) {
    if (given[option] === undefined || takes.includes(option)) continue;
    const own = takes.length > 0 ? `it takes ${takes.map((name) => `--${name}`).join(", ")}` : "leave it out";
    throw optionError(`--${option}`, `method ${method} has no use for it`, own);
  }
}

/** Says which layer a target cannot run, before anything is searched. */
function checkMappable({ workload, target }: SearchInputs): void {
  workload.layers.forEach(({ problem }, i) => {
    try {
      mapspace(target, problem);
    } catch (error) {
      if (!(error instanceof LoopnestError)) throw error;
      const path = `layers[${i}].${error.data.path ?? "problem"}`;
      throw new LoopnestError({ ...error.data, path, problem: `${error.data.problem} (layer ${problem.name})` });
    }
  });
}

function fixedSizes(given: readonly string[], target: Target): Hardware {
  const fixed: Record<string, number> = {};
  const example = `${target.sizes[0]?.name ?? "name"}=${target.sizes[0]?.default ?? 1}`;
  for (const text of given) {
    const [, name, value] = /^\s*([^=\s]+)\s*=\s*(\d+(?:\.\d+)?)\s*$/.exec(text) ?? [];
    if (name === undefined) throw optionError("--fix", `cannot read ${text}`, `write it like ${example}`);
    if (name in fixed) throw optionError("--fix", `${name} is fixed twice`, "give it once");
    fixed[name] = Number(value);
  }
  try {
    hardwareSizes(target, fixed);
  } catch (error) {
    if (!(error instanceof LoopnestError)) throw error;
    throw new LoopnestError({ ...error.data, path: "--fix" });
  }
  return fixed;
}

function optionError(path: string, problem: string, fix?: string): LoopnestError {
  return new LoopnestError({ code: "input", path, problem, ...(fix !== undefined && { fix }) });
}
