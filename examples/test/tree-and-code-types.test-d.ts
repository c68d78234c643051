import { countTree, type TreeCase, type TreeCost, treeCaseSchema } from "@loopnest/accelforge";
import {
  type DriverCall,
  driverCall,
  type GeneratorConfig,
  generatorConfig,
  type LayerTrace,
  layerProgram,
  layerTrace,
  type NoCall,
} from "@loopnest/codegen";
import { type Mapping, matmul } from "@loopnest/mapspace";
import { YamlText } from "@loopnest/mapspace/yaml";
import { describe, expectTypeOf, it } from "vitest";

const problem = matmul({ m: 2, k: 2, n: 2 });
const mapping = [] as Mapping;

describe("@loopnest/accelforge", () => {
  it("reads trees and counts them", () => {
    const tree = treeCaseSchema.parse({});
    expectTypeOf(tree).toEqualTypeOf<TreeCase>();
    expectTypeOf(countTree(tree)).toEqualTypeOf<TreeCost>();
    expectTypeOf<TreeCost["peakBits"]>().toEqualTypeOf<ReadonlyMap<string, number>>();
  });
});

describe("@loopnest/codegen", () => {
  it("writes programs and traces", () => {
    expectTypeOf(layerProgram(problem, mapping)).toEqualTypeOf<string>();
    expectTypeOf(layerTrace(problem, mapping, 100)).toEqualTypeOf<LayerTrace>();
    // @ts-expect-error a mapping is needed
    layerProgram(problem);
  });

  it("says what a driver is called with, or why it is not", () => {
    const config = generatorConfig({ peDim: 16 });
    expectTypeOf(config).toEqualTypeOf<GeneratorConfig>();
    expectTypeOf(driverCall(problem, mapping, config.parameters)).toEqualTypeOf<DriverCall | NoCall>();
  });
});

describe("@loopnest/mapspace/yaml", () => {
  it("reads YAML with positions", () => {
    expectTypeOf(YamlText).toBeConstructibleWith("a: 1", {});
  });
});
