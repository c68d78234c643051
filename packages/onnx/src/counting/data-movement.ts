import type { DataMovement } from "@loopnest/mapspace";
import type { CountedStep } from "./count-steps.js";

/** What the steps move beside the traffic of layers: equal movement of one kind once, with its count. */
export function dataMovement(steps: readonly CountedStep[]): DataMovement[] {
  return mergeMovement(steps.flatMap(movementOf));
}

function movementOf({ step, wordsRead, wordsWritten }: CountedStep): DataMovement[] {
  const { operation, outcome, count } = step;
  const own = { kind: operation.node.operator, wordsRead, wordsWritten, count: 1 };
  const kind = outcome.kind === "layers" ? `${own.kind} outputs` : own.kind;
  return [{ ...own, kind }, ...(outcome.traffic ?? [])]
    .filter((traffic) => (traffic.wordsRead ?? 0) + (traffic.wordsWritten ?? 0) > 0)
    .map((traffic) => ({
      name: operation.name,
      kind: traffic.kind,
      count: traffic.count * count,
      wordsRead: traffic.wordsRead ?? 0,
      wordsWritten: traffic.wordsWritten ?? 0,
    }));
}

/** Equal movement of one kind once, with its count; the first one's name is kept. */
function mergeMovement(list: readonly DataMovement[]): DataMovement[] {
  const merged = new Map<string, DataMovement>();
  for (const movement of list) {
    const { kind, wordsRead, wordsWritten, count } = movement;
    const key = JSON.stringify([kind, wordsRead, wordsWritten]);
    const first = merged.get(key);
    merged.set(key, first === undefined ? movement : { ...first, count: first.count + count });
  }
  return [...merged.values()];
}
