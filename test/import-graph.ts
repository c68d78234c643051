import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import ts from "typescript";
import { root } from "./documents.js";

/** What points at what: names of files, folders or packages. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** Sources of a package or program without its tests, as paths from the root of the repository with `/`. */
export function sourcesOf(project: string): string[] {
  return readdirSync(join(root, project, "src"), { recursive: true, encoding: "utf8" })
    .map((file) => `${project}/src/${file.replaceAll("\\", "/")}`)
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith(".test.ts"))
    .sort();
}

/** Everything that a file imports, for its types or its values, at once or when it is needed. */
export function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), "utf8");
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
}

/** Which files of a package import which others of it. */
export function fileGraph(project: string): Graph {
  const targets = (file: string) =>
    importsOf(file)
      .filter((name) => name.startsWith("."))
      .flatMap((name) => [".ts", ".tsx"].map((end) => posix.join(dirname(file), name).replace(/\.js$/, end)))
      .filter((target) => /\.tsx?$/.test(target) && existsSync(join(root, target)));
  return new Map(sourcesOf(project).map((file) => [file, new Set(targets(file))]));
}

/** Which folders have files that import files of which others: a folder within another one is a folder by itself. */
export function folderGraph(files: Graph): Graph {
  const folders = new Map<string, Set<string>>();
  for (const [file, targets] of files) {
    const own = folders.get(dirname(file)) ?? new Set();
    folders.set(dirname(file), own);
    for (const target of targets) if (dirname(target) !== dirname(file)) own.add(dirname(target));
  }
  return folders;
}

/**
 * Groups in which every member leads to every other one (Tarjan's strongly connected components), those of one member
 * left out.
 */
export function knots(graph: Graph): string[][] {
  const found: string[][] = [];
  const number = new Map<string, number>();
  const stack: string[] = [];
  const visit = (node: string): number => {
    const own = number.size;
    number.set(node, own);
    stack.push(node);
    let low = own;
    for (const target of graph.get(node) ?? []) {
      if (!number.has(target)) low = Math.min(low, visit(target));
      else if (stack.includes(target)) low = Math.min(low, number.get(target)!);
    }
    if (low === own) {
      const knot = stack.splice(stack.indexOf(node));
      if (knot.length > 1) found.push(knot.sort());
    }
    return low;
  };
  for (const node of graph.keys()) if (!number.has(node)) visit(node);
  return found;
}
