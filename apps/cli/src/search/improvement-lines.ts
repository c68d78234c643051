import type { Progress } from "@loopnest/optimizers";

/**
 * Prints a line of JSON for every improvement of a search: samples spent, those that may be, and the best value with
 * its hardware.
 */
export function improvementLines(stream: NodeJS.WriteStream = process.stdout): (progress: Progress) => void {
  let least = Number.POSITIVE_INFINITY;
  return ({ samples, budget, best, lowerBound }) => {
    if (best === null || best.value >= least) return;
    least = best.value;
    const { value, energyUj, latencyCycles, areaMm2, hardware } = best;
    const news = { event: "improvement", samples, budget, value, energyUj, latencyCycles, areaMm2, hardware };
    stream.write(`${JSON.stringify({ ...news, ...(lowerBound !== undefined && { lowerBound }) })}\n`);
  };
}
