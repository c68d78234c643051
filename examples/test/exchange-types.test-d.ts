import {
  type Architecture,
  gemmini,
  type Mapping,
  type PerformanceModel,
  type Problem,
  type Workload,
} from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import {
  type Elasticities,
  elasticities,
  explainMapping,
  explainRejection,
  type MappedLayer,
  type MappingExplanation,
  type RejectionExplanation,
  type SizeNeeds,
  sizeNeeds,
} from "@loopnest/model-analytical/explain";
import {
  type Calibration,
  calibrate,
  type LearnedModel,
  learnedModel,
  type Prediction,
  predictor,
  proposeSamples,
  readModel,
  readSamples,
  type Sample,
  type SavedModel,
  writeModel,
} from "@loopnest/model-learned";
import { gemminiRtl } from "@loopnest/model-learned/gemmini-rtl";
import { type Counting, type OnnxImport, type OnnxOptions, type OperatorReport, readOnnx } from "@loopnest/onnx";
import type { Design, SearchMethod, SearchTask } from "@loopnest/optimizers";
import { type BayesianOptions, bayesian, bayesianDosa } from "@loopnest/optimizers/bayesian";
import { type CosaOptions, cosa } from "@loopnest/optimizers/cosa";
import { exportTimeloop, importTimeloop, readMapping, readProblem, type TimeloopExport } from "@loopnest/timeloop";
import { describe, expectTypeOf, it } from "vitest";

declare const problem: Problem;
declare const machine: Architecture;
declare const mapping: Mapping;
declare const bytes: Uint8Array;
const model = analyticalModel(gemmini);

describe("@loopnest/onnx", () => {
  it("gives a workload and a report of every operator", () => {
    expectTypeOf(readOnnx(bytes)).toEqualTypeOf<OnnxImport>();
    expectTypeOf<OnnxImport["workload"]>().toEqualTypeOf<Workload>();
    expectTypeOf<OnnxImport["operators"]>().toEqualTypeOf<readonly OperatorReport[]>();
    expectTypeOf<OperatorReport["counting"]>().toEqualTypeOf<Counting>();
    expectTypeOf<OnnxOptions["dims"]>().toEqualTypeOf<Readonly<Record<string, number>> | undefined>();
  });

  it("refuses sizes that are texts", () => {
    // @ts-expect-error a size is a number
    readOnnx(bytes, { dims: { batch: "1" } });
  });
});

describe("@loopnest/timeloop", () => {
  it("reads what it writes", () => {
    const files = exportTimeloop({ architecture: machine, problem, mapping });
    expectTypeOf(files).toEqualTypeOf<TimeloopExport>();
    const read = importTimeloop(Object.entries(files).map(([file, text]) => ({ file, text })));
    expectTypeOf(read.architecture).toEqualTypeOf<Architecture>();
    expectTypeOf(read.problem).toEqualTypeOf<Problem>();
    expectTypeOf(read.mapping).toEqualTypeOf<Mapping | null>();
    expectTypeOf(readProblem("", { file: "problem.yaml" })).toEqualTypeOf<Problem>();
    expectTypeOf(readMapping("", machine, problem, { file: "map.yaml" })).toEqualTypeOf<Mapping>();
  });
});

describe("@loopnest/model-learned", () => {
  it("wraps a performance model into another", () => {
    expectTypeOf(learnedModel(model, gemminiRtl())).toEqualTypeOf<LearnedModel>();
    expectTypeOf<LearnedModel>().toExtend<PerformanceModel>();
    expectTypeOf<LearnedModel>().toExtend<SearchTask["model"]>();
    expectTypeOf(predictor).returns.returns.toEqualTypeOf<Prediction>();
  });

  it("calibrates on samples, and keeps models as text", () => {
    expectTypeOf(readSamples("", "samples.jsonl")).toEqualTypeOf<Sample[]>();
    expectTypeOf(calibrate).returns.resolves.toEqualTypeOf<Calibration>();
    expectTypeOf(writeModel).parameters.toEqualTypeOf<[SavedModel]>();
    expectTypeOf(readModel("")).toEqualTypeOf<SavedModel>();
    expectTypeOf(proposeSamples(model, 3, { problems: [problem], seed: 1 })[0]!.mapping).toEqualTypeOf<Mapping>();
    // @ts-expect-error proposals need a seed
    proposeSamples(model, 3, { problems: [problem] });
  });
});

describe("@loopnest/model-analytical/explain", () => {
  it("explains mappings, designs and what does not fit", () => {
    expectTypeOf(explainMapping(problem, machine, mapping)).toEqualTypeOf<MappingExplanation>();
    expectTypeOf(explainRejection(problem, machine, mapping)).toEqualTypeOf<RejectionExplanation | null>();
    expectTypeOf<Design["layers"][number]["mapping"]>().toEqualTypeOf<MappedLayer["mapping"]>();
    expectTypeOf(elasticities(model, [{ problem, count: 1, mapping }], {})).toEqualTypeOf<Elasticities>();
    expectTypeOf(sizeNeeds(model, [{ problem, count: 1, mapping }], {})).toEqualTypeOf<SizeNeeds[]>();
  });
});

describe("@loopnest/optimizers/bayesian and /cosa", () => {
  it("are methods like the others, with options of their own", () => {
    expectTypeOf(bayesian).toExtend<SearchMethod<BayesianOptions>>();
    expectTypeOf(bayesianDosa).toExtend<SearchMethod>();
    expectTypeOf(cosa).toExtend<SearchMethod<CosaOptions>>();
    expectTypeOf<CosaOptions["designs"]>().toEqualTypeOf<number | undefined>();
  });
});
