import type { Design } from "@loopnest/optimizers";
import { expect, it } from "vitest";
import { beginSearch, withAnswer, withNews } from "./search-state.js";

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
  expect(after.proven).toEqual([
    { seconds: 0, value: 2 },
    { seconds: 3, value: 4 },
  ]);
});

it("the smallest design within a share takes the place of the best", () => {
  const news = withNews(beginSearch("edp"), { samples: 5, budget: 9, best: design(100) }, 1);
  const within = { share: 0.05, value: 100, areaMm2: 3, bounds: [] };
  const found = { method: "descent", seed: 1, best: design(104), samples: 9, seconds: 2, convergence: [], within };
  const after = withAnswer(news, { ...found, stopped: false }, 2);
  expect(after).toMatchObject({ status: "finished", samples: 9, best: { value: 104 }, within });
});
