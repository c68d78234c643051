import fc from "fast-check";
import { expect, it } from "vitest";
import { emptyLedger, keyTable } from "../src/index.js";

const key = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 32, maxLength: 32 }).map((bytes) => {
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
});

it("finds every key, and no other", () => {
  fc.assert(
    fc.property(fc.uniqueArray(key, { minLength: 1, maxLength: 60 }), key, (keys, other) => {
      const table = keyTable(keys);
      expect(keys.map((own) => table.indexOf(own))).toEqual(keys.map((_, i) => i));
      expect(keys.map((_, i) => table.keyAt(i))).toEqual(keys);
      if (!keys.includes(other)) expect(table.indexOf(other)).toBe(-1);
      expect(table.indexOf("../../etc/passwd")).toBe(-1);
      expect(() => keyTable([...keys, keys[0]!])).toThrow("twice");
    }),
    { numRuns: 50 },
  );
});

type Step = { readonly index: number; readonly answer: number | null };

it("counts every key once, whatever arrives in whatever order", () => {
  const steps = fc.array(fc.record({ index: fc.nat(9), answer: fc.option(fc.nat(1)) }) as fc.Arbitrary<Step>, {
    maxLength: 60,
  });
  fc.assert(
    fc.property(steps, (all) => {
      const ledger = emptyLedger(keyTable(Array.from({ length: 10 }, (_, i) => String(i).repeat(64))));
      // The same by a plain map.
      const known = new Map<number, number | null>();
      all.forEach(({ index, answer }, place) => {
        const before = known.get(index);
        if (answer === null) {
          ledger.fail(index, place);
          if (before === undefined) known.set(index, null);
          return;
        }
        const expected = before == null ? "new" : before === answer ? "same" : "conflict";
        expect(ledger.commit(index, `${answer}`.repeat(24), place)).toBe(expected);
        if (expected === "new") known.set(index, answer);
      });
      const counted = (isMeant: (answer: number | null) => boolean) => [...known.values()].filter(isMeant).length;
      expect(ledger.done).toBe(counted((answer) => answer !== null));
      expect(ledger.failed).toBe(counted((answer) => answer === null));
      expect(ledger.left).toBe(10 - known.size);
    }),
  );
});
