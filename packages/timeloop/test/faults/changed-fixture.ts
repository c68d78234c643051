import { expect } from "vitest";
import { importTimeloop } from "../../src/index.js";
import { fault, fixture, place } from "../fixture-files.js";

/** The fault of the tree-style fixture with a change in one file, after a check of where it is said to be. */
export function changed(file: string, from: string, to: string, marker: string): string {
  const files = fixture("weight-stationary-v03");
  const edited = files.map((each) => (each.file === file ? { file, text: each.text.replace(from, to) } : each));
  const { text } = edited.find((each) => each.file === file)!;
  const said = fault(() => importTimeloop(edited));
  const at = `${file}:${place(text, marker)}: `;
  expect(said).toContain(at);
  return said.replace(at, "");
}
