import { expect, test } from "vitest";
import { shellWord } from "./shell-word.js";

test.each([
  ["linux", "runs/resnet50", "runs/resnet50"],
  ["linux", "my runs/it's", "'my runs/it'\\''s'"],
  ["linux", "a\\b", "'a\\b'"],
  ["darwin", "$HOME", "'$HOME'"],
  ["win32", "runs\\resnet50", "runs\\resnet50"],
  ["win32", "C:\\my runs\\it's", '"C:\\my runs\\it\'s"'],
  ["win32", "100%", '"100%"'],
] as const)("on %s %s is the word %s", (platform, text, word) => {
  expect(shellWord(text, platform)).toBe(word);
});
