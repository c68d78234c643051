import { LoopnestError, unknownName } from "@loopnest/mapspace";
import type { SearchOptions } from "./method.js";
import { objectiveNames } from "./objective.js";
import type { SearchTask } from "./task.js";

/**
 * Checks what a program gives to a search, which a compiler may not have seen.
 *
 * @throws LoopnestError `input` for a part of the task or an option that is missing or of another kind.
 */
export function checkSearch(task: SearchTask, options: SearchOptions): void {
  const given: Partial<SearchTask> = (task as SearchTask | undefined) ?? {};
  need("task.model", typeof given.model?.layer === "function", "a performance model", given.model);
  need("task.workload", Array.isArray(given.workload?.layers), "a workload with its layers", given.workload);
  need("task.objective", typeof given.objective === "object", `one like { name: "edp" }`, given.objective);
  const { name } = given.objective!;
  if (!objectiveNames.includes(name))
    throw unknownName("objective", String(name), objectiveNames, "task.objective.name");
  need(
    "task.fixed",
    typeof given.fixed === "object" && given.fixed !== null,
    "sizes by name, {} for none",
    given.fixed,
  );
  const { seed, samples } = (options as Partial<SearchOptions> | undefined) ?? {};
  need("options.seed", Number.isSafeInteger(seed), "a whole number", seed);
  need("options.samples", typeof samples === "number" && samples > 0, "a number above 0", samples);
}

/** @throws LoopnestError `input` unless samples are a positive and the seed any whole number. */
export function checkOptions(options: SearchOptions): void {
  const { seed, samples } = options;
  if (!Number.isSafeInteger(seed)) refuse("seed", seed, "an integer");
  if (!Number.isSafeInteger(samples) || samples < 1) refuse("samples", samples, "a positive integer");
}

function refuse(path: string, got: number, expected: string): never {
  throw new LoopnestError({
    code: "input",
    path,
    problem: `${path} is ${got}`,
    fix: `give ${expected}`,
    expected,
    got,
  });
}

function need(path: string, isRight: boolean, right: string, got: unknown): void {
  if (isRight) return;
  const problem = got === undefined || got === null ? "is missing" : `is ${shown(got)}`;
  throw new LoopnestError({ code: "input", path, problem, fix: `give ${right}`, got });
}

function shown(value: unknown): string {
  return typeof value === "object" ? `made of ${Object.keys(value!).join(", ") || "nothing"}` : String(value);
}
