import { conv, type Mapping } from "@loopnest/mapspace";
import { countBySteps } from "@loopnest/model-analytical";
import fc from "fast-check";
import { expect, it } from "vitest";
import { tileTracks } from "../src/index.js";
import { machineOf } from "./machine-of.js";

const keeps = ["Weights", "Inputs", "Outputs"];
const factor = fc.constantFrom(1, 2, 3);
const loops = fc
  .record({ R: factor, P: factor, C: fc.constantFrom(1, 2), K: factor })
  .chain((factors) => fc.shuffledSubarray(Object.entries(factors), { minLength: 4, maxLength: 4 }));

/** Random nests of three levels over a sliding window, and the problem that they make up. */
const layers = fc.tuple(loops, loops, loops).map((nests) => {
  const bound = (dim: string) => nests.flat().reduce((product, [own, by]) => (own === dim ? product * by : product), 1);
  const mapping: Mapping = nests.map((temporal, l) => ({ level: `L${l}`, temporal, spatial: [], keeps }));
  return { mapping, problem: conv({ R: bound("R"), S: 1, P: bound("P"), Q: 1, C: bound("C"), K: bound("K") }) };
});

it.each(["physical", "timeloop-2025"] as const)("%s: what comes in is what is counted step by step", (rules) => {
  fc.assert(
    fc.property(layers, ({ mapping, problem }) => {
      const counted = countBySteps(problem, machineOf(mapping), mapping, rules, 1e7);
      for (const { level, tensor, walk } of tileTracks(problem, mapping, rules)) {
        // Fills of outputs leave out first visits; the outermost level is filled by nobody.
        if (level === 0 || tensor === "Outputs") continue;
        expect(walk.wordsUntil(walk.steps - 1)).toBe(counted.levels[`L${level}`]!.tensors[tensor]!.fills);
      }
    }),
    { numRuns: 25 },
  );
});

it("sums up what comes in step by step, and knows where tiles come and go", () => {
  fc.assert(
    fc.property(
      layers,
      fc.constantFrom("physical" as const, "timeloop-2025" as const),
      ({ mapping, problem }, rules) => {
        for (const { walk } of tileTracks(problem, mapping, rules)) {
          let [sum, moves] = [0, 0];
          for (let step = 0, came = 0; step < Math.min(walk.steps, 200); step++) {
            const same = step > 0 && `${walk.tileAt(step)}` === `${walk.tileAt(step - 1)}`;
            sum += walk.words(step);
            expect(walk.wordsUntil(step)).toBe(sum);
            if (!same) {
              if (step > 0) expect(walk.nextMove(came)).toBe(step);
              came = step;
              moves++;
            }
            expect(walk.cameAt(step)).toBe(came);
          }
          if (walk.steps <= 200) expect(walk.moves).toBe(moves);
        }
      },
    ),
    { numRuns: 25 },
  );
});
