import {
  type Architecture,
  builtInTarget,
  builtInWorkload,
  type Counts,
  conv,
  type Hardware,
  type Layer,
  LoopnestError,
  type Mapping,
  type PerformanceModel,
  type Problem,
  type Target,
  type Workload,
} from "@loopnest/mapspace";
import { parseDocument, targetSchema, workloadSchema } from "@loopnest/mapspace/schema";
import { analyticalModel, type Evaluation, evaluate, priceTarget } from "@loopnest/model-analytical";
import {
  type DescentOptions,
  type Design,
  descent,
  type ObjectiveName,
  runSearch,
  type SearchMethod,
  type SearchResult,
  type SearchTask,
} from "@loopnest/optimizers";
import { describe, expectTypeOf, it } from "vitest";

declare const machine: Architecture;
declare const mapping: Mapping;
declare const task: SearchTask;

describe("what a caller gets", () => {
  it("builders make problems, names make targets and workloads", () => {
    expectTypeOf(conv({ R: 3, S: 3, P: 8, Q: 8, C: 4, K: 4 })).toEqualTypeOf<Problem>();
    expectTypeOf(builtInTarget("gemmini")).toEqualTypeOf<Target>();
    expectTypeOf(builtInWorkload("resnet50")).toEqualTypeOf<Workload>();
    expectTypeOf(builtInWorkload("resnet50").layers).toEqualTypeOf<readonly Layer[]>();
  });

  it("documents are typed by their schema", () => {
    expectTypeOf(parseDocument("", {}, targetSchema)).toEqualTypeOf<Target>();
    expectTypeOf(parseDocument("", {}, workloadSchema)).toEqualTypeOf<Workload>();
  });

  it("counts are numbers, levels and tensors may be missing", () => {
    const found = evaluate(conv({ R: 1, S: 1, P: 1, Q: 1, C: 1, K: 1 }), machine, mapping);
    expectTypeOf(found).toEqualTypeOf<Evaluation>();
    expectTypeOf(found.energyPj).toBeNumber();
    expectTypeOf(found.levels["DRAM"]!.tensors["Inputs"]!.reads).toBeNumber();
  });

  it("a search resolves to a result whose best may be null", () => {
    expectTypeOf(runSearch(descent, task, { seed: 1, samples: 1 })).resolves.toEqualTypeOf<SearchResult>();
    expectTypeOf<SearchResult["best"]>().toEqualTypeOf<Design | null>();
    expectTypeOf<Design["hardware"]>().toEqualTypeOf<Hardware>();
  });

  it("an error carries its data", () => {
    expectTypeOf(new LoopnestError({ code: "input", problem: "" }).data.path).toEqualTypeOf<string | undefined>();
  });
});

describe("what fits together", () => {
  it("a model of one package is what a search of another takes", () => {
    expectTypeOf(analyticalModel).returns.toExtend<PerformanceModel>();
    expectTypeOf(analyticalModel(builtInTarget("gemmini"))).toExtend<SearchTask["model"]>();
    expectTypeOf(descent).toExtend<SearchMethod<DescentOptions>>();
  });

  it("what is made is what is taken", () => {
    expectTypeOf(priceTarget).returns.toHaveProperty("architecture").returns.toEqualTypeOf<Architecture>();
    expectTypeOf(evaluate).parameters.toEqualTypeOf<[Problem, Architecture, Mapping, Counts?, (readonly string[])?]>();
    expectTypeOf<Design["layers"][number]["mapping"]>().toEqualTypeOf<Mapping>();
    expectTypeOf<Design["hardware"]>().toExtend<SearchTask["fixed"]>();
  });

  it("plain data, as from a literal or from JSON, is enough", () => {
    expectTypeOf<{ name: string; description: string; source: string; layers: Layer[] }>().toExtend<Workload>();
    expectTypeOf<[["P", number]]>().toExtend<Mapping[number]["temporal"]>();
  });
});

describe("what is refused", () => {
  it("bounds that are missing or misspelt", () => {
    // @ts-expect-error K is missing
    conv({ R: 3, S: 3, P: 8, Q: 8, C: 4 });
    // @ts-expect-error there is no dimension T
    conv({ R: 3, S: 3, P: 8, Q: 8, C: 4, K: 4, T: 2 });
  });

  it("objectives, options and axes that do not exist", () => {
    expectTypeOf<"power">().not.toExtend<ObjectiveName>();
    // @ts-expect-error a search needs a seed
    runSearch(descent, task, { samples: 1 });
    // @ts-expect-error starts are a number
    runSearch(descent, task, { seed: 1, samples: 1, starts: "7" });
    // @ts-expect-error a mesh has columns (X) and rows (Y)
    mapping[0]!.spatial satisfies readonly (readonly [string, number, "Z"])[];
  });

  it("writing into what is shared", () => {
    // @ts-expect-error targets are read-only
    builtInTarget("gemmini").levels[0]!.wordBits = 4;
    // @ts-expect-error so are mappings
    mapping[0]!.temporal[0]![1] = 4;
  });
});
