import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "./documents.js";

const WIDTH = 120;
const FOLDERS = ["packages", "apps", "targets", "examples", "benchmarks", "test", "scripts"];
const NO_SOURCES = new Set(["node_modules", "dist", "build"]);

/**
 * Still to be run through `npm run format`, and to be gone over by hand where that does not help (long texts in code).
 */
const PENDING = [
  ...["accelforge", "codegen", "model-analytical", "onnx", "optimizers", "report", "timeloop"].map(
    (name) => `packages/${name}/`,
  ),
  ...["apps/", "targets/", "test/architecture-page.ts"],
];

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (NO_SOURCES.has(entry.name) || entry.name.startsWith(".")) return [];
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return sources(path);
    return /\.(ts|mts|mjs)$/.test(path) ? [path] : [];
  });
}

it("no line of a source, comments included, is longer than 120 columns", () => {
  const checked = FOLDERS.flatMap(sources).filter((path) => !PENDING.some((folder) => path.startsWith(folder)));
  const long = checked.flatMap((path) =>
    readFileSync(join(root, path), "utf8")
      .split("\n")
      .flatMap((line, i) => (line.length > WIDTH ? [`${path}:${i + 1}`] : [])),
  );
  expect(long).toEqual([]);
  expect(checked.length).toBeGreaterThan(100);
});
