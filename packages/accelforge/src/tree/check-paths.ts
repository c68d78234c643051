import { LoopnestError } from "@loopnest/mapspace";
import type { Path } from "./path.js";
import type { TreeArchitecture } from "./tree.js";

/**
 * Checks what an architecture cannot run.
 *
 * @throws LoopnestError `factors` for a loop whose trips are not whole, a shared window loop with other trips on
 * another side, or a rank that no loop takes apart to the end; `fanout` for a mesh dimension that is too short;
 * `unkept` for a tensor without a node.
 */
export function checkPaths(architecture: TreeArchitecture, paths: readonly Path[]): void {
  for (const path of paths) {
    checkLoops(path);
    checkMeshes(architecture, path);
    for (const { tensor } of path.tensors) {
      if (path.steps.some((step) => step.kind === "store" && step.tensor === tensor)) continue;
      throw rejection("unkept", `${path.einsum.name} finds ${tensor} nowhere`, "add a store node above its loops");
    }
  }
  checkWindows(paths);
}

function checkLoops({ einsum, steps, inside }: Path): void {
  for (const step of steps) {
    if (step.kind !== "loop" || Number.isInteger(step.trips) || typeof step.node.rank !== "string") continue;
    const { rank, node } = step;
    throw rejection(
      "factors",
      `${einsum.name} cuts ${rank} into tiles of ${node.tile}, ${step.trips} times`,
      `take a divisor of ${step.extents.get(rank)}`,
    );
  }
  for (const [rank, extent] of inside) {
    if (extent === 1) continue;
    throw rejection("factors", `no loop of ${einsum.name} takes ${rank} below ${extent}`, `add ["for", "${rank}", 1]`);
  }
}

function checkMeshes({ levels }: TreeArchitecture, { einsum, steps }: Path): void {
  const used = new Map<string, number>();
  for (const step of steps) {
    if (step.kind !== "loop" || step.node.mesh === undefined) continue;
    const { dimension, level } = step.node.mesh;
    const found = levels[step.meshLevel!]!.spatial?.find((mesh) => mesh.name === dimension);
    if (found === undefined) {
      throw rejection("no-fanout", `there is no mesh dimension ${dimension} in front of ${level}`, "unroll elsewhere");
    }
    const key = `${step.meshLevel} ${dimension}`;
    const instances = (used.get(key) ?? 1) * step.trips;
    used.set(key, instances);
    if (instances <= found.fanout) continue;
    const problem = `${einsum.name} unrolls ${instances} times over ${dimension} of ${level}`;
    throw rejection("fanout", problem, `unroll at most ${found.fanout} times`);
  }
}

/**
 * A window loop goes round a whole number of times for the first Einsum, and as often, begun ones counted, for the
 * others.
 */
function checkWindows(paths: readonly Path[]): void {
  const trips = new Map<unknown, number>();
  for (const { einsum, steps } of paths) {
    for (const step of steps) {
      if (step.kind !== "loop" || typeof step.node.rank === "string") continue;
      const first = trips.get(step.node);
      if (first === undefined) trips.set(step.node, step.trips);
      if (first === undefined ? Number.isInteger(step.trips) : Math.ceil(step.trips) === first) continue;
      const { rank, node } = step;
      throw rejection(
        "factors",
        `the shared loop over ${rank} of ${einsum.name}, tile ${node.tile}, goes round ${step.trips} times`,
        first === undefined ? `take a divisor of ${step.extents.get(rank)}` : `it has to go round ${first} times`,
      );
    }
  }
}

function rejection(code: "factors" | "fanout" | "no-fanout" | "unkept", problem: string, fix: string): LoopnestError {
  return new LoopnestError({ code, path: "mapping", problem, fix });
}
