import { LoopnestError } from "@loopnest/mapspace";

/** A target given as a workload, or the other way round: the two are easily mixed up on a command line. */
export function mistakenKind(given: string, is: "workload" | "target"): LoopnestError {
  const [other, fix] =
    is === "target"
      ? ["workload", "give it with --target, and a network (see loopnest workloads) as the workload"]
      : ["target", "give it as the workload, and an accelerator template (see loopnest targets) with --target"];
  return new LoopnestError({ code: "input", problem: `${given} is a ${is}, not a ${other}`, fix, got: given });
}

/** What the data of a file looks like: a target has levels, a workload layers. */
export function looksLike(data: unknown): "workload" | "target" | null {
  if (typeof data !== "object" || data === null) return null;
  const [levels, layers] = ["levels", "layers"].map((key) => Object.hasOwn(data, key));
  return levels === layers ? null : levels ? "target" : "workload";
}
