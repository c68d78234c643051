import { certificate } from "./certificate.js";
import type { SearchResult } from "./task.js";

/**
 * One result from the results of all parts, in the order of the parts: their samples count one after the other, the
 * first of equally good designs wins.
 *
 * @internal
 */
export function combine(method: string, seed: number, parts: readonly SearchResult[]): SearchResult {
  if (parts.length === 1) return parts[0]!;
  let best: SearchResult["best"] = null;
  let samples = 0;
  let seconds = 0;
  let stopped = false;
  const convergence: { samples: number; seconds: number; value: number }[] = [];
  for (const part of parts) {
    for (const point of part.convergence) {
      const last = convergence[convergence.length - 1];
      if (last !== undefined && point.value >= last.value) continue;
      convergence.push({ samples: samples + point.samples, seconds: seconds + point.seconds, value: point.value });
    }
    best = better(best, part.best);
    samples += part.samples;
    seconds += part.seconds;
    stopped ||= part.stopped;
  }
  return { method, seed, best, samples, seconds, convergence, stopped, ...certificate(best, boundOf(parts)) };
}

/** Each part's bound holds of all designs: the greatest says most. */
function boundOf(parts: readonly SearchResult[]): number | undefined {
  const bounds = parts.flatMap(({ lowerBound }) => (lowerBound === undefined ? [] : [lowerBound]));
  return bounds.length === 0 ? undefined : Math.max(...bounds);
}

/** The better of two designs, the first of equals. */
export function better(a: SearchResult["best"], b: SearchResult["best"]): SearchResult["best"] {
  if (a === null || b === null) return a ?? b;
  return b.value < a.value ? b : a;
}
