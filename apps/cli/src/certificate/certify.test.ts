import { seededRandom } from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { expect, it } from "vitest";
import { exhaustiveSearch } from "../../../../packages/optimizers/test/exhaustive-search.js";
import { randomObjective, randomQuestion } from "../../../../packages/optimizers/test/random-question.js";
import { everyHardware } from "../../../../packages/optimizers/test/small-targets.js";
import { certify } from "./certify.js";

/** `CERTIFY_CASES=1000` tries more. */
const CASES = Number(process.env.CERTIFY_CASES ?? 25);

it("certifies what exhaustive search finds, and nothing above it", { timeout: 600_000 }, async () => {
  let certified = 0;
  for (let number = 0; number < CASES; number++) {
    const { target, table, workload } = randomQuestion(11, number);
    const model = analyticalModel(target, { table });
    const truth = exhaustiveSearch(model, workload, everyHardware(target));
    const objective = randomObjective(seededRandom(11, number, 1), truth);
    const optimum = truth(objective);
    if (optimum === Number.POSITIVE_INFINITY) continue;
    const question = { model, workload, objective, fixed: {} };
    const which = `case ${number}, ${JSON.stringify(objective)}`;
    const { boxes } = certify(question, optimum);
    expect(Math.min(...boxes.map(({ lowerBound }) => lowerBound)) / optimum, which).toBeGreaterThan(1 - 2e-9);
    expect(() => certify(question, optimum * 1.0001), which).toThrow("a better design");
    certified++;
  }
  expect(certified).toBeGreaterThan(CASES / 2);
});
