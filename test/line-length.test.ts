import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "./documents.js";

const WIDTH = 120;
const FOLDERS = ["packages", "apps", "targets", "examples", "benchmarks", "test", "scripts"];
const NO_SOURCES = new Set(["node_modules", "dist", "build"]);

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (NO_SOURCES.has(entry.name) || entry.name.startsWith(".")) return [];
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return sources(path);
    return /\.(ts|mts|mjs)$/.test(path) ? [path] : [];
  });
}

it("no line of a source, comments included, is longer than 120 columns", () => {
  const checked = FOLDERS.flatMap(sources);
  const long = checked.flatMap((path) =>
    readFileSync(join(root, path), "utf8")
      .split("\n")
      .flatMap((line, i) => (line.length > WIDTH ? [`${path}:${i + 1}`] : [])),
  );
  expect(long).toEqual([]);
  expect(checked.length).toBeGreaterThan(100);
});
