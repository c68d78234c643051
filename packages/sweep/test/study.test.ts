import { parseDocument } from "@loopnest/mapspace/schema";
import { describe, expect, it } from "vitest";
import { gridSize, studyPoints, studySchema } from "../src/index.js";

const schema = studySchema({
  ...{ methods: ["descent", "exact"], objectives: ["edp", "energy"] },
  ...{ counts: ["timeloop-2025"], orders: ["fixed"] },
});
const read = (text: string) => parseDocument(text, { file: "study.yaml" }, schema);
const pointsOf = (text: string) => [...studyPoints(read(text))].map(({ point }) => point);

describe("points of a study", () => {
  const text = `
axes:
  workload: [bert, [bert, unet]]
  fix: [{}, {peDim: 16}]
  maxAreaMm2: [null, 2]
  seed: {from: 1, to: 5, step: 2}
options: {target: gemmini, seed: 9}
points:
  - {workload: vgg16, method: exact}
`;

  it("are all combinations, the last axis fastest, then the others", () => {
    const points = pointsOf(text);
    expect(gridSize(read(text))).toBe(2 * 2 * 2 * 3);
    expect(points).toHaveLength(24 + 1);
    expect(new Set(points.map((point) => JSON.stringify(point))).size).toBe(25);
    expect(points[0]).toEqual({ target: "gemmini", workload: "bert", fix: {}, maxAreaMm2: null, seed: 1 });
    expect(points[1]).toMatchObject({ seed: 3 });
    expect(points[12]).toMatchObject({ workload: ["bert", "unet"], seed: 1 });
    expect(points[24]).toEqual({ target: "gemmini", seed: 9, workload: "vgg16", method: "exact" });
  });

  it("are left out where all named values hold", () => {
    const counted = (exclude: string) => pointsOf(`${text}exclude:\n${exclude}`).length;
    expect(counted("  - {seed: 1}")).toBe(25 - 8);
    expect(counted("  - {seed: [1, 3], workload: bert}")).toBe(25 - 8);
    expect(counted("  - {workload: [bert, unet]}")).toBe(25 - 24);
    expect(counted("  - {workload: [[bert, unet]]}")).toBe(25 - 12);
    expect(counted("  - {fix: {peDim: 16}, maxAreaMm2: null}")).toBe(25 - 6);
    expect(counted("  - {seed: 1}\n  - {seed: 5}")).toBe(25 - 16);
    expect(() => counted("  - {seed: 2}")).toThrow("exclude[0]: it leaves out no point");
  });

  it("need a network", () => {
    expect(() => pointsOf("axes: {seed: [1, 2]}")).toThrow("workload is missing");
  });

  it("are not more than a million", () => {
    expect(() => pointsOf("axes: {workload: [a], seed: {from: 1, to: 2000}, starts: {from: 1, to: 600}}")).toThrow(
      "at most 1000000",
    );
  });
});

describe("a study file", () => {
  it.each([
    ["axes: {wrokload: [bert]}", "study.yaml:1:8: axes.wrokload: there is no field wrokload; did you mean workload"],
    ["axes:\n  workload: bert", 'study.yaml:2:13: axes.workload: is "bert"; give a list'],
    ["axes:\n  objective: [edp, speed]", 'study.yaml:2:20: axes.objective[1]: is "speed"; give one of edp, energy'],
    ["axes:\n  seed: {from: 3, to: 1}", "study.yaml:2:9: axes.seed: has no values"],
    ["axes: {workload: []}", "give a list of at least 1"],
    ["points: [{workload: bert, samples: 0}]", "points[0].samples: is 0; give a whole number of at least 1"],
    ["exclude: [{}]\naxes: {workload: [bert]}", "exclude[0]: leaves everything out; name a field and its value"],
    ["name: empty", "there are neither axes nor points; give axes, points or both"],
    ["axes: {workload: [bert]}\nkeep: all", 'keep: is "all"; give one of figures, runs'],
  ])("%s", (text, message) => {
    let said = "";
    try {
      read(text);
    } catch (error) {
      const { position, path, problem, fix } = (error as { data: Record<string, never> }).data;
      const { file, line, column } = (position ?? {}) as Record<string, unknown>;
      said = `${file}:${line}:${column}: ${path === undefined ? "" : `${path}: `}${problem}; ${fix}`;
    }
    expect(said).toContain(message);
  });
});
