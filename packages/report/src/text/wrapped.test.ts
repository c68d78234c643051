import fc from "fast-check";
import { expect, test } from "vitest";
import { wrapped } from "./wrapped.js";

test("lines are parted between words", () => {
  expect(wrapped("no design is below this", 12)).toEqual(["no design is", "below this"]);
  expect(wrapped("EDP  1.2e9 uJ x cycles", 12, "     ")).toEqual(["EDP  1.2e9", "     uJ x", "     cycles"]);
  expect(wrapped("as long as it comes")).toEqual(["as long as it comes"]);
});

test("nothing is lost, and only a single word is longer than a line", () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(words, fc.integer({ min: 4, max: 30 }), (given, columns) => {
      const lines = wrapped(given.join(" "), columns);
      expect(lines.join(" ")).toBe(given.join(" "));
      for (const line of lines) if (line.length > columns) expect(line).not.toContain(" ");
    }),
  );
});
