import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "./documents.js";
import { fileGraph, folderGraph, importsOf, knots, sourcesOf } from "./import-graph.js";

/** The floors of CONTRIBUTING.md: what a package may import of the others. */
const FLOORS: Readonly<Record<string, readonly string[]>> = {
  mapspace: [],
  "model-analytical": ["mapspace"],
  "model-learned": ["mapspace"],
  optimizers: ["mapspace"],
  timeloop: ["mapspace"],
  accelforge: ["mapspace"],
  codegen: ["mapspace"],
  onnx: ["mapspace"],
  sweep: ["mapspace"],
  report: ["model-analytical", "mapspace"],
};

const packages = readdirSync(join(root, "packages"))
  .filter((name) => existsSync(join(root, "packages", name, "src")))
  .map((name) => [`packages/${name}`, name] as const);
const programs = ["apps", "targets"].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => existsSync(join(root, folder, name, "src")))
    .map((name) => `${folder}/${name}`),
);

const projects = [...packages.map(([path]) => path), ...programs];
describe.each(projects)("%s", (project) => {
  const files = fileGraph(project);

  it("has no files that import each other in a circle", () => {
    expect(knots(files)).toEqual([]);
  });

  it("has no folders that import each other in a circle", () => {
    expect(knots(folderGraph(files))).toEqual([]);
  });
});

describe.each(packages)("%s", (path, name) => {
  const imported = sourcesOf(path).flatMap((file) => importsOf(file).map((target) => ({ file, target })));

  it("imports only packages of the floors below it", () => {
    const allowed = FLOORS[name];
    expect(allowed, "a floor in this test and in CONTRIBUTING.md").toBeDefined();
    const upward = imported.filter(({ target }) => {
      const [, other] = /^@loopnest\/([\w-]+)/.exec(target) ?? [];
      return other !== undefined && !allowed!.includes(other);
    });
    expect(upward).toEqual([]);
  });

  it("runs in a browser: only files named for Node import its modules", () => {
    expect(imported.filter(({ file, target }) => target.startsWith("node:") && !/node/.test(file))).toEqual([]);
  });
});

describe("knots", () => {
  const graph = (edges: Record<string, string[]>) => new Map(Object.entries(edges).map(([a, b]) => [a, new Set(b)]));

  it("are groups in which everything leads to everything", () => {
    expect(knots(graph({ a: ["b", "d"], b: ["c"], c: ["a"], d: ["e"], e: [], f: ["a"] }))).toEqual([["a", "b", "c"]]);
    expect(knots(graph({ a: ["b"], b: ["a"], c: ["d"], d: ["c", "a"] }))).toEqual([
      ["a", "b"],
      ["c", "d"],
    ]);
  });

  it("are none where arrows only point down", () => {
    expect(knots(graph({ a: ["b", "c"], b: ["c"], c: [] }))).toEqual([]);
  });
});
