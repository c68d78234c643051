import { seededRandom } from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { expect, it } from "vitest";
import { exact, runSearch } from "../src/index.js";
import { exhaustiveSearch } from "./exhaustive-search.js";
import { randomObjective, randomQuestion } from "./random-question.js";
import { everyHardware } from "./small-targets.js";

/** `npm run prove -- --cases 20000 --seed N` sets them. */
const CASES = Number(process.env.PROVE_CASES ?? 80);
const SEED = Number(process.env.PROVE_SEED ?? 1);
/** Objectives per machine and network. */
const OBJECTIVES = 3;

it(`exact search finds what exhaustive search finds: ${CASES} random machines and networks, seed ${SEED}`, {
  timeout: 3_600_000 * (1 + CASES / 1000),
}, async () => {
  for (let number = 0; number < CASES; number++) {
    const { target, table, workload } = randomQuestion(SEED, number);
    const model = analyticalModel(target, { table });
    const truth = exhaustiveSearch(model, workload, everyHardware(target));
    const random = seededRandom(SEED, number, 1);
    for (let k = 0; k < OBJECTIVES; k++) {
      const objective = randomObjective(random, truth);
      const optimum = truth(objective);
      const question = { model, workload, objective, fixed: {} };
      // From a good design most mappings are left out before they are counted, from a poor one hardly any.
      // With few arrays at once, boxes of arrays are bounded and halved.
      const some = k === 2 ? { mostArrays: 1 + (number % 3) } : {};
      const options = { seed: 1, samples: 1, firstSamples: k === 1 ? 100 : 0, ...some };
      const { best, gap, lowerBound } = await runSearch(exact, question, options);
      const which = `npm run prove -- --seed ${SEED}: case ${number}, ${JSON.stringify(objective)}`;
      if (optimum === Number.POSITIVE_INFINITY) {
        expect([best, lowerBound], which).toEqual([null, undefined]);
        continue;
      }
      expect(best, which).not.toBeNull();
      expect(best!.value / optimum, which).toBeCloseTo(1, 10);
      expect(gap, which).toBe(0);
    }
  }
});
