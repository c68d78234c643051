import {
  conv,
  countsNames,
  divisors,
  emptyMachine,
  emptyNeeds,
  gemmini,
  type LoopNest,
  type Mapspace,
  makeMapspace,
  nvdlaSmall,
  simba,
  type Target,
  tpuV1,
} from "@loopnest/mapspace";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyticalLayer } from "../model/analytical-layer.js";
import { meshDependent } from "./mesh-dependence.js";

const problems = fc
  .record({
    P: fc.constantFrom(2, 4, 8),
    Q: fc.constantFrom(1, 2, 4),
    R: fc.constantFrom(1, 2, 4),
    S: fc.constantFrom(1, 2),
    C: fc.constantFrom(1, 2, 4, 8),
    K: fc.constantFrom(1, 2, 4, 8),
    stride: fc.constantFrom(1, 2),
  })
  .map(conv);

/** A random split, loops of free levels in a random order. */
function randomNest(space: Mapspace, choices: readonly number[]): LoopNest {
  const nest = space.nest();
  let next = 0;
  const choose = (count: number) => choices[next++ % choices.length]! % count;
  space.slotsOf.forEach((own, d) => {
    let left = space.shape.bounds[d]!;
    own.forEach((slot, i) => {
      const options = divisors(left);
      const factor = i === own.length - 1 ? left : options[choose(options.length)]!;
      nest.factor[slot] = factor;
      left /= factor;
    });
  });
  for (const level of space.freeOrder) {
    for (let i = nest.startTemporal[level]!; i < nest.end[level]!; i++) {
      const j = i + choose(nest.end[level]! - i);
      for (const list of [nest.dim, nest.factor]) [list[i], list[j]] = [list[j]!, list[i]!];
    }
  }
  return nest;
}

describe.each(countsNames)("counts %s do not depend on the mesh where it is said that they do not", (counts) => {
  for (const target of [gemmini, nvdlaSmall, tpuV1]) {
    it(target.name, () => {
      fc.assert(
        fc.property(
          problems,
          fc.array(fc.nat(23), { minLength: 16, maxLength: 16 }),
          fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 5, maxLength: 5 }),
          (problem, choices, columns) => {
            const layer = analyticalLayer(target, problem, counts);
            const account = layer.account!;
            expect(account.meshDependent).toBe(false);
            const nest = randomNest(layer.space, choices);
            layer.needs(nest, emptyNeeds(nest.levelCount));
            const counted = [1, 0].map((wide) => {
              const machine = emptyMachine(nest.levelCount);
              // Fan-outs of all sizes in both directions, or none.
              columns.slice(0, nest.levelCount + 1).forEach((column, l) => {
                const outer = l === 0 ? 1 : machine.meshX[l - 1]!;
                const outerInstances = l === 0 ? 1 : machine.instances[l - 1]!;
                machine.meshX[l] = wide === 1 ? outer * column : outer;
                machine.instances[l] = wide === 1 ? outerInstances * column * 3 : outerInstances;
              });
              account.count(nest, machine);
              const { reads, updates, fills } = account.traffic;
              return [...reads, ...updates, ...fills];
            });
            expect(counted[0]).toEqual(counted[1]);
          },
        ),
        { numRuns: 80 },
      );
    });
  }
});

it.each(countsNames)("says so where children may hand a window over, and only there: counts %s", (counts) => {
  const shape = { S: 1, Q: 1, P: 4, C: 2, K: 2 };
  const dependent = (R: number) => meshDependent(makeMapspace(simba, conv({ ...shape, R })), counts);
  // Simba unrolls channels alone: only 2022's steps that fetch a tile anew in place hand something over.
  expect(dependent(3)).toBe(counts === "timeloop-2022");
  expect(dependent(1)).toBe(false);
});

it("says so when in doubt: two loops unroll above a level without the window, and one of them moves it", () => {
  // No nest is known whose counts do depend on the mesh here (60,000 random ones do not), but nor is it proven.
  const unrolled = (spatialX: readonly string[], spatialY: readonly string[]): Target => ({
    ...gemmini,
    levels: gemmini.levels.map((level) =>
      level.name === "Scratchpad" ? { ...level, space: { ...level.space, spatialX, spatialY } } : level,
    ),
  });
  const windows = conv({ R: 3, S: 1, P: 4, Q: 1, C: 2, K: 2 });
  expect(meshDependent(makeMapspace(unrolled(["K"], ["C"]), windows), "timeloop-2022")).toBe(true);
  expect(meshDependent(makeMapspace(unrolled(["K"], []), windows), "timeloop-2022")).toBe(false);
});
