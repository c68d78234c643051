import fc from "fast-check";
import { expect, it } from "vitest";
import { makeBoundQueue } from "./bound-queue.js";

it("gives items back by rising bounds", () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), (bounds) => {
      const queue = makeBoundQueue<number>();
      for (const bound of bounds) queue.push(bound, bound);
      expect(queue.least).toBe(bounds.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...bounds));
      const popped = bounds.map(() => queue.pop()!);
      expect(popped).toEqual([...bounds].sort((a, b) => a - b));
      expect([queue.size, queue.pop()]).toEqual([0, undefined]);
    }),
  );
});
