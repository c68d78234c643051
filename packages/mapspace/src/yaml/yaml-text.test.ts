import { expect, test } from "vitest";
import { YamlText } from "./yaml-text.js";

function fault(text: string): string {
  try {
    new YamlText(text, { file: "f.yaml" });
  } catch (error) {
    const { position, problem, fix } = (error as { data: Record<string, never> }).data as never as {
      position: { line: number; column: number };
      problem: string;
      fix: string;
    };
    return `${position.line}:${position.column}: ${problem}; ${fix}`;
  }
  return "accepted";
}

test.each([
  ["an alias of itself", "&a [*a, *a]", "1:5: the alias *a stands inside its own value; write the values out"],
  ["an alias of itself, deeper", "b: &b\n  c: {d: *b}\n", "2:10: the alias *b stands inside its own value"],
  ["aliases in a chain", chain(), "nested more than 100 deep"],
  ["lists in lists", "[".repeat(20_000), "1:102: nested more than 100 deep; write a flatter document"],
  ["entries in entries", `${"- ".repeat(9_000)}1`, "nested more than 100 deep"],
  ["fields as names of fields", "? ? ? a\n", "1:3: a list or fields as the name of a field; name fields by words"],
  ["many fields as names of fields", `${"? ".repeat(3_000)}a`, "a list or fields as the name of a field"],
  ["an alias as the name of a field", "a: &x 1\n*x : 2\n", "2:1: a field without a name"],
  ["an anchor that the reader chokes on", "? a: &!!floa t 3 [x,x,", "1:4: a list or fields as the name of a field"],
  ["megabytes of text", `a: "${"x".repeat(200_000)}"`, "1:4: a value of 200002 letters; values have at most 100000"],
  ["a text without end", "a".repeat(16_000_001), "1:1: the text has 16000001 letters"],
  ["two documents", "a: 1\n---\nb: 2\n", "2:1: a second document; write one valid YAML document"],
  ["pairs, bytes and times of YAML 1.1", "a: !!omap [b: 1]\n", "a list of pairs"],
  ["a name twice", "a: 1\n\na: 2\n", "3:1: a is listed twice; give each field once"],
])("%s is refused at its place", (_, text, expected) => {
  expect(fault(text)).toContain(expected);
});

test("a merge is a name like another; a name may be that of a method", () => {
  expect(new YamlText("%YAML 1.1\n---\n<<: 1\nname: x\n").toData()).toEqual({ "<<": 1, name: "x" });
  const data = new YamlText("__proto__: 3\nconstructor: 4\n").toData() as object;
  expect(Object.entries(data)).toEqual([
    ["__proto__", 3],
    ["constructor", 4],
  ]);
});

test("a name is what is written, whatever YAML takes it for", () => {
  const data = new YamlText(".inf: 1\n1e3: 2\n0x10: 3\n.NaN: 4\ntrue: 5\n~: 6\n").toData() as object;
  expect(Object.keys(data)).toEqual([".inf", "1e3", "0x10", ".NaN", "true", "~"]);
});

test("an alias is what its anchor was last", () => {
  expect(new YamlText("a: &x 1\nb: *x\nc: &x {d: 2}\ne: [*x]\n").toData()).toEqual({
    a: 1,
    b: 1,
    c: { d: 2 },
    e: [{ d: 2 }],
  });
});

function chain(): string {
  const lines = Array.from({ length: 150 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}]`);
  return ["a0: &a0 [1]", ...lines].join("\n");
}
