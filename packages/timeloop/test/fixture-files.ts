import { readdirSync, readFileSync } from "node:fs";
import type { LoopnestError } from "@loopnest/mapspace";
import type { SourceFile } from "../src/index.js";

/** The files of a folder of fixtures. */
export function fixture(folder: string): SourceFile[] {
  const url = new URL(`../fixtures/${folder}/`, import.meta.url);
  return readdirSync(url).map((file) => ({ file, text: readFileSync(new URL(file, url), "utf8") }));
}

/** The text of one file of a folder of fixtures. */
export function fixtureText(folder: string, file: string): string {
  return readFileSync(new URL(`../fixtures/${folder}/${file}`, import.meta.url), "utf8");
}

/** What an error says, as the command line prints it, after its code. */
export function fault(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    const { code, position, path, problem, fix } = (error as LoopnestError).data;
    return `${code} ${position?.file}:${position?.line}:${position?.column}: ${path}: ${problem}; ${fix}`;
  }
  throw new Error("was accepted");
}

/** Line and column of the first place in a text where `marker` stands; of its part behind `^`, if it has one. */
export function place(text: string, marker: string): string {
  const [before = "", after] = marker.split("^");
  const start = text.indexOf(before + (after ?? ""));
  if (start < 0) throw new Error(`${marker} is not in the text`);
  const lines = text.slice(0, start + (after === undefined ? 0 : before.length)).split("\n");
  return `${lines.length}:${lines.at(-1)!.length + 1}`;
}
