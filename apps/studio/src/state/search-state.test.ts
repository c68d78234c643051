import type { Design } from "@loopnest/optimizers";
import { expect, it } from "vitest";
import { beginSearch, withNews } from "./search-state.js";

const design = (value: number): Design => ({
  ...{ hardware: {}, layers: [], energyUj: value, latencyCycles: 1, areaMm2: 1, value },
});

it("news only go forward: samples, the best, the bound", () => {
  const news = [
    { samples: 5, budget: 100, best: design(9), lowerBound: 2 },
    { samples: 3, budget: 100, best: design(10), lowerBound: 1 },
    { samples: 9, budget: 100, best: design(7) },
    { samples: 9, budget: 100, best: null, lowerBound: 4 },
  ];
  const after = news.reduce((search, progress, i) => withNews(search, progress, i), beginSearch("edp"));
  expect(after).toMatchObject({ status: "running", samples: 9, best: { value: 7 }, lowerBound: 4 });
  expect(after.convergence).toEqual([
    { samples: 5, seconds: 0, value: 9 },
    { samples: 9, seconds: 2, value: 7 },
  ]);
});
