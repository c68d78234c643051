import { expect, test } from "vitest";
import { SourceText } from "./source-text.js";

test("an alias that names nothing is said with its place", () => {
  expect(() => new SourceText("name: &a x\nlayers: *b\n", { file: "net.yaml" })).toThrow(
    expect.objectContaining({
      data: expect.objectContaining({
        problem: "the alias *b names no anchor",
        fix: "put &b in front of a value above it",
        position: { file: "net.yaml", line: 2, column: 9 },
      }),
    }),
  );
});

test("aliases that would fill the memory are refused", () => {
  const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
  for (let i = 1; i < 8; i++)
    lines.push(`a${i}: &a${i} [${Array.from({ length: 10 }, () => `*a${i - 1}`).join(", ")}]`);
  expect(() => new SourceText(lines.join("\n"))).toThrow(/aliases stand for too much/);
});
