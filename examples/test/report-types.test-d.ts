import type { Architecture, Mapping, Workload } from "@loopnest/mapspace";
import { type DesignFigures, designFigures, plainStyle, type RunResult, resultTable } from "@loopnest/report";
import { type Chart, type ChartDocument, chartFile, energyChart, rooflineChart } from "@loopnest/report/charts";
import { describe, expectTypeOf, it } from "vitest";

declare const workload: Workload;
declare const machine: Architecture;
declare const mapping: Mapping;
declare const run: RunResult;
declare const document: ChartDocument;

describe("what a caller of the report gets", () => {
  it("figures from a design, charts and files from figures", () => {
    const figures = designFigures(workload, machine, [{ file: "", mapping }], "timeloop-2025");
    expectTypeOf(figures).toEqualTypeOf<DesignFigures>();
    expectTypeOf(energyChart(figures)).toEqualTypeOf<Chart>();
    expectTypeOf(chartFile(rooflineChart({ result: figures, architecture: machine }), "", document)).toBeString();
  });

  it("a run holds the figures of its design", () => {
    expectTypeOf<RunResult>().toExtend<DesignFigures>();
    expectTypeOf(resultTable(run, plainStyle)).toBeString();
  });
});

describe("what cannot be written", () => {
  it("a chart without a document to draw with", () => {
    // @ts-expect-error charts are drawn with a document
    energyChart(run).draw(860);
    // @ts-expect-error figures are read-only
    run.totals.edp = 0;
  });
});
