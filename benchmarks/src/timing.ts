/** CPU seconds of the process, all its threads: what other programs on the machine do hardly matters. */
function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * Median CPU seconds of each of several pieces of work, measured in turns: round after round of all of them, so that
 * every piece runs in a program that has seen all shapes of data (the first shape alone is up to 1.8 times faster), and
 * a slow moment of the machine meets all of them.
 *
 * @param rounds Rounds measured, after two that are not.
 */
export function medianSeconds(works: readonly (() => void)[], rounds = 11): number[] {
  const times = works.map((): number[] => []);
  for (let round = -2; round < rounds; round++) {
    works.forEach((work, i) => {
      const seconds = cpuSeconds(work);
      if (round >= 0) times[i]!.push(seconds);
    });
  }
  return times.map(median);
}
