import { LoopnestError } from "@loopnest/mapspace";
import type { SourceText } from "@loopnest/mapspace/schema";

/** Gives an error about a document's content the place in the document that its path names. */
export function locateError(error: LoopnestError, source: () => SourceText): LoopnestError {
  if (error.data.position !== undefined) return error;
  const position = source().positionOf(pathSteps(error.data.path ?? ""));
  return new LoopnestError({ ...error.data, position });
}

/** The steps of a path as text: `levels[0].keeps` is `levels`, 0, `keeps`. */
function pathSteps(path: string): (string | number)[] {
  return [...path.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(([step, index]) => (index === undefined ? step : Number(index)));
}
