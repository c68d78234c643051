import { expect, test } from "vitest";
import { commandWords } from "./command-words.js";

test("words as a shell would part them, quotes and backslashes included", () => {
  expect(commandWords("python3 sim.py", "--measure")).toEqual(["python3", "sim.py"]);
  expect(commandWords(`  a 'b c'"d e"\tf\\ g '' "x\\"y" '\\' `, "")).toEqual(["a", "b cd e", "f g", "", 'x"y', "\\"]);
  expect(commandWords("ssh board 'run < in | tail'", "")).toEqual(["ssh", "board", "run < in | tail"]);
});

test("says what no argument vector can mean", () => {
  expect(() => commandWords("sim > out", "--measure")).toThrow(/> means something to a shell only.*--shell/);
  expect(() => commandWords("sim 'a", "--measure")).toThrow(/the quote ' is left open/);
  expect(() => commandWords(" ", "--measure")).toThrow(/there is no command/);
});
