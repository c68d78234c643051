import { LoopnestError } from "@loopnest/mapspace";
import type { SearchInputs } from "../plan/search-plan.js";
import type { RunResult } from "./run-result.js";

/**
 * That a result has the layers of its workload, and each of them the levels of its target: what everybody who reads
 * figures relies on.
 *
 * @param file Of the result, for the message.
 */
export function checkShape({ layers }: RunResult, { workload, target }: SearchInputs, file: string): void {
  const refuse = (problem: string) => {
    const fix = "fetch the folder again from where it comes from, or search anew";
    throw new LoopnestError({ code: "input", path: file, problem, fix });
  };
  if (layers.length !== workload.layers.length) {
    refuse(`it has ${layers.length} layers, the workload has ${workload.layers.length}`);
  }
  const names = target.levels.map(({ name }) => name);
  for (const [i, layer] of layers.entries()) {
    const given = Object.keys(layer.levels);
    if (given.length === names.length && given.every((name) => names.includes(name))) continue;
    refuse(`layers[${i}].levels are ${given.join(", ") || "none"}, those of the target are ${names.join(", ")}`);
  }
}
