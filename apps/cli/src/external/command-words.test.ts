import { seededRandom } from "@loopnest/mapspace";
import { expect, test } from "vitest";
import { commandWords } from "./command-words.js";

test("words as a shell would part them, quotes and backslashes included", () => {
  expect(commandWords("python3 sim.py", "--measure")).toEqual(["python3", "sim.py"]);
  expect(commandWords(`  a 'b c'"d e"\tf\\ g '' "x\\"y" '\\' `, "")).toEqual(["a", "b cd e", "f g", "", 'x"y', "\\"]);
  expect(commandWords("ssh board 'run < in | tail'", "")).toEqual(["ssh", "board", "run < in | tail"]);
});

test("paths of Windows as they look: a backslash escapes only quotes, spaces and backslashes", () => {
  const node = String.raw`C:\Program Files\nodejs\node.exe`;
  expect(commandWords(String.raw`C:\sim\run.exe --cases D:\new\cases.jsonl`, "")).toEqual([
    String.raw`C:\sim\run.exe`,
    "--cases",
    String.raw`D:\new\cases.jsonl`,
  ]);
  for (const given of [`"${node}" x`, `'${node}' x`, `${node.replaceAll(" ", "\\ ")} x`]) {
    expect(commandWords(given, "")).toEqual([node, "x"]);
  }
  expect(commandWords(String.raw`'\\host\share' \\\\host\share C:\ end\ `, "")).toEqual([
    ...[String.raw`\\host\share`, String.raw`\\host\share`, "C: end "],
  ]);
  expect(commandWords("end\\", "")).toEqual(["end\\"]);
});

test("whatever the words, quoted they are what they were", () => {
  const random = seededRandom(5, 1);
  const letters = [...`ab\\'" \t*|$C:.`];
  for (let round = 0; round < 500; round++) {
    const words = Array.from({ length: 1 + random.below(4) }, () =>
      Array.from({ length: random.below(7) }, () => letters[random.below(letters.length)]!).join(""),
    );
    const quoted = words.map((word) => `"${word.replaceAll(/["\\]/g, (character) => `\\${character}`)}"`);
    expect(commandWords(quoted.join(" "), "")).toEqual(words);
  }
});

test("says what no argument vector can mean", () => {
  expect(() => commandWords("sim > out", "--measure")).toThrow(/> means something to a shell only.*--shell/);
  expect(() => commandWords("sim 'a", "--measure")).toThrow(/the quote ' is left open/);
  expect(() => commandWords(" ", "--measure")).toThrow(/there is no command/);
});
