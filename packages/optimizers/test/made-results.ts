import type { Design, SearchResult } from "../src/search/task.js";

/** A design of which only its value matters. */
export const design = (value: number, areaMm2 = 1): Design => ({
  hardware: {},
  layers: [],
  energyUj: value,
  latencyCycles: 1,
  areaMm2,
  value,
});

/** What a search that improved to these values would say. */
export function result(samples: number, values: readonly number[], more: Partial<SearchResult> = {}): SearchResult {
  const least = values[values.length - 1];
  return {
    method: "m",
    seed: 1,
    best: least === undefined ? null : design(least),
    samples,
    seconds: samples / 10,
    convergence: values.map((value, i) => ({ samples: i + 1, seconds: (i + 1) / 10, value })),
    stopped: false,
    ...more,
  };
}
