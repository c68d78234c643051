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

test("JSON that is nested without end is refused, one text of megabytes is read", () => {
  const open = (text: string) => () => new SourceText(text, { file: "deep.json" });
  expect(open("[".repeat(5000) + "]".repeat(5000))).toThrow("nested more than 100 deep; write a flatter document");
  expect(open("[".repeat(100_000))).toThrow("nested more than 100 deep");
  const long = `{"a": "${"\\n[".repeat(1_000_000)}", "b": [1, {"c": 2}]}`;
  expect(new SourceText(long, { format: "json" }).positionOf(["b", 1, "c"], "key")).toEqual({
    line: 1,
    column: 3000021,
  });
});

test("thousands of faults are found at once", () => {
  const fields = Array.from({ length: 8000 }, (_, i) => `key${i}: ${i}`);
  const source = new SourceText(fields.join("\n"));
  expect(source.positionOf(["key7999"], "key")).toEqual({ line: 8000, column: 1 });
});

test("aliases that would fill the memory are refused", () => {
  const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
  for (let i = 1; i < 8; i++)
    lines.push(`a${i}: &a${i} [${Array.from({ length: 10 }, () => `*a${i - 1}`).join(", ")}]`);
  expect(() => new SourceText(lines.join("\n"))).toThrow(/aliases stand for too much/);
});
