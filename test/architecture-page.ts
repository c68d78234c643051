import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "./documents.js";
import { type Graph, importsOf, sourcesOf } from "./import-graph.js";

/** A station of a layer's way: the function that it goes through there, and what becomes of it. */
interface Station {
  readonly name: string;
  readonly gives: string;
}

/** The way of one layer from a file to a report, for `loopnest search net.yaml -o run` and `loopnest report run`. */
const WAY: readonly Station[] = [
  { name: "makePlan", gives: "reads what the command line names: network, target, energy table, options" },
  { name: "parseDocument", gives: "text to data, or an error with line and column" },
  { name: "problemShape", gives: "the layer's problem as index tables" },
  { name: "makeMapspace", gives: "every slot a factor of a bound may go to, on this target" },
  { name: "analyticalModel", gives: "the layer's model: what a nest needs, costs, and its gradient" },
  { name: "makeNetwork", gives: "all layers with their models, and the way from mappings to the smallest hardware" },
  { name: "descent", gives: "nests with factors between integers, descended, rounded, searched around" },
  { name: "temporalReuse", gives: "words that one child fetches (R4): the heart of every evaluation" },
  { name: "countFetches", gives: "with multicast and hand-over (R5, R6): words between two levels" },
  { name: "levelCycles", gives: "cycles of a level (R10)" },
  { name: "evaluateDesign", gives: "the layer's exact cost at integer factors, on the smallest hardware" },
  { name: "unflatten", gives: "its nest as a mapping: levels, loops, kept tensors" },
  {
    name: "designFigures",
    gives: "its figures, counted anew by the exact model, once, for everything that shows them",
  },
  { name: "writeRun", gives: "a file of the run folder, under checksums" },
  { name: "readWholeRun", gives: "the same, checked, in another process" },
  { name: "runView", gives: "its figures again, with rooflines and elasticities" },
  { name: "reportPage", gives: "its row, its bars, its loop nest on a page" },
];

/** The packages and the program: what stands on what. */
function floorsOf(graph: Graph): string[][] {
  const height = (node: string): number => Math.max(0, ...[...graph.get(node)!].map((below) => height(below) + 1));
  const floors: string[][] = [];
  for (const node of graph.keys()) (floors[height(node)] ??= []).push(node);
  return floors.reverse();
}

function projects(): string[] {
  return ["packages", "apps"].flatMap((parent) =>
    readdirSync(join(root, parent))
      .filter((name) => existsSync(join(root, parent, name, "src")))
      .map((name) => `${parent}/${name}`),
  );
}

/** Which packages import which others. */
function packageGraph(): Graph {
  const all = projects();
  return new Map(
    all.map((project) => {
      const names = sourcesOf(project).flatMap(importsOf);
      const used = all.filter((other) =>
        names.some((name) => new RegExp(`^@loopnest/${baseName(other)}(/|$)`).test(name)),
      );
      return [project, new Set(used.filter((other) => other !== project))];
    }),
  );
}

const baseName = (project: string) => project.slice(project.lastIndexOf("/") + 1);

const WIDTH = 980;
const BOX = { width: 128, height: 40, gap: 66 };

/**
 * The floors as a drawing: a box for each package, an arrow for each that it imports, those left out that follow from
 * others.
 */
export function floorsDrawing(): string {
  const graph = packageGraph();
  const floors = floorsOf(graph);
  const place = new Map<string, { x: number; y: number }>();
  floors.forEach((floor, f) => {
    floor.forEach((node, i) => {
      const y = 20 + f * (BOX.height + BOX.gap);
      place.set(node, { x: (WIDTH * (i + 0.5)) / floor.length, y });
    });
  });
  const arrows = [...graph].flatMap(([from, below]) =>
    [...below]
      .filter((to) => ![...below].some((other) => other !== to && reaches(graph, other, to)))
      .map((to) => {
        const [a, b] = [place.get(from)!, place.get(to)!];
        return `<path d="M${round(a.x)} ${a.y + BOX.height} L${round(b.x)} ${b.y - 3}" marker-end="url(#tip)"/>`;
      }),
  );
  const boxes = [...place].map(
    ([node, { x, y }]) =>
      `<g><rect x="${round(x - BOX.width / 2)}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="6"/>` +
      `<text x="${round(x)}" y="${y + 25}">${node === "apps/cli" ? "loopnest (cli)" : baseName(node)}</text></g>`,
  );
  const height = floors.length * (BOX.height + BOX.gap) - BOX.gap + 40;
  const font = 'font-family="system-ui, sans-serif" font-size="14"';
  const names = boxes.join("").replaceAll("<text", '<text fill="#111827" stroke="none"');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" ${font}>
<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
<path d="M0 0 L8 4 L0 8 z" fill="#6b7280"/></marker></defs>
<g stroke="#6b7280" fill="none">${arrows.join("")}</g>
<g fill="#eef2ff" stroke="#4338ca" text-anchor="middle">${names}</g>
</svg>
`;
}

function reaches(graph: Graph, from: string, to: string): boolean {
  return [...graph.get(from)!].some((next) => next === to || reaches(graph, next, to));
}

const round = (value: number) => Math.round(value * 10) / 10;

/** `docs/architecture.md`: the floors, the rooms of every package, the way of a layer. */
export function architecturePage(): string {
  const definitions = definitionsOf(projects().flatMap(sourcesOf));
  const rooms = projects().map((project) => {
    const names = new Set(sourcesOf(project).map((file) => dirname(file).slice(`${project}/src/`.length)));
    names.delete("");
    const list = [...names].sort().join(", ");
    return `| [\`${project}\`](../${project}) | ${list} |`;
  });
  const way = WAY.map(({ name, gives }, i) => {
    const file = definitions.get(name);
    if (file === undefined) throw new Error(`${name} of the way of a layer is exported nowhere`);
    return `| ${i + 1} | \`${dirname(file).replace("/src", "")}\` | [\`${name}\`](../${file}) | ${gives} |`;
  });
  return `# How the house is built

This page and its drawing are made from the imports of the sources, and a test fails when they are no longer true:
\`UPDATE_DOCS=1 npx vitest run test/architecture.test.ts\` makes them anew. [CONTRIBUTING](../CONTRIBUTING.md) says what
each package is for.

## The floors

Every arrow is an import; one that follows from others is left out. None points up, within packages neither:
\`test/structure.test.ts\`.

![The packages, each on the floor above those that it imports](img/architecture.svg)

## The rooms

Folders of each package.

| package | rooms |
| --- | --- |
${rooms.join("\n")}

## The way of a layer

What one layer goes through from a file to a report: \`loopnest search net.yaml -o run\`, then \`loopnest report run\`.

| | room | function | what becomes of the layer there |
| --- | --- | --- | --- |
${way.join("\n")}
`;
}

/** Where every exported function or value is defined. */
function definitionsOf(files: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of files) {
    const text = readFileSync(join(root, file), "utf8");
    for (const [, name] of text.matchAll(/^export (?:async )?(?:function|const) (\w+)/gm)) found.set(name!, file);
  }
  return found;
}
