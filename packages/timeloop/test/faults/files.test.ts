import { describe, expect, it } from "vitest";
import { importTimeloop, readMapping } from "../../src/index.js";
import { fault, fixture, fixtureText } from "../fixture-files.js";

const files = fixture("weight-stationary-v03");
const { architecture, problem, mapping } = importTimeloop(files);

describe("a set of files", () => {
  it("has each part once, and no part that is unknown", () => {
    const more = (text: string) => fault(() => importTimeloop([...files, { file: "more.yaml", text }]));
    expect(more("problem: {C: 1}")).toBe("input more.yaml:1:1: problem: a second problem; give one");
    expect(more("mappings: []")).toContain(
      "input more.yaml:1:1: mappings: there is no mappings at the top of a file; did you mean mapping",
    );
    expect(more("sparse_optimizations: {targets: []}")).toContain(
      "unsupported more.yaml:1:1: sparse_optimizations: sparse optimizations",
    );
    expect(
      importTimeloop([...files, { file: "more.yaml", text: "mapper: {algorithm: random}\nglobals: {}" }]).problem,
    ).toEqual(problem);
  });

  it("needs an architecture and a problem; the mapping may be absent", () => {
    expect(fault(() => importTimeloop(files.filter(({ file }) => file !== "problem.yaml")))).toContain(
      "no file has problem: at the top",
    );
    expect(importTimeloop(files.filter(({ file }) => file !== "map.yaml")).mapping).toBeNull();
    expect(readMapping(fixtureText("weight-stationary-v03", "map.yaml"), architecture, problem, { file: "m" })).toEqual(
      mapping,
    );
  });
});
