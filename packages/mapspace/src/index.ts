export { LoopnestError } from "./errors.js";
export type { ErrorCode, ErrorData, SourcePosition } from "./errors.js";
export { macs, tensorWords } from "./problem.js";
export type { Problem, Rank, Tensor, TensorRole, Term } from "./problem.js";
export { conv, depthwiseConv } from "./conv.js";
export type { ConvShape, Pair } from "./conv.js";
export { matmul } from "./matmul.js";
export type { MatmulShape } from "./matmul.js";
export { workloadMacs } from "./workload.js";
export type { Layer, Workload } from "./workload.js";
export { fanOut } from "./architecture.js";
export type { Architecture, Bandwidth, Compute, FanOut, StorageLevel } from "./architecture.js";
export type { Axis, LevelMapping, Mapping, SpatialLoop, TemporalLoop } from "./mapping.js";
export { problemShape } from "./shape.js";
export type { ProblemShape } from "./shape.js";
export { emptyNest, flatten, unflatten } from "./nest.js";
export type { LevelLoops, LoopNest } from "./nest.js";
export { emptyMachine, machineOf } from "./machine.js";
export type { Machine } from "./machine.js";
export { divide, evaluateMonomial, multiply, parseMonomial } from "./monomial.js";
export type { Monomial, SizeExpression } from "./monomial.js";
export { compileTarget, hardwareOf, hardwareSizes } from "./target.js";
export type {
  CompiledLevel,
  CompiledTarget,
  FreeSize,
  Hardware,
  LevelSpace,
  LevelTemplate,
  StorageKind,
  Target,
} from "./target.js";
export { gemmini } from "./targets/gemmini.js";
export { squeeze } from "./squeeze.js";
export { mapspace } from "./mapspace.js";
export type { LoopKind, Mapspace, Slot } from "./mapspace.js";
export { emptyNeeds } from "./needs.js";
export type { Needs } from "./needs.js";
export { minimalHardware } from "./minimal-hardware.js";
export type { MinimalHardware } from "./minimal-hardware.js";
export type { Cost, CostSeed, LayerModel, PerformanceModel, Rounding } from "./performance-model.js";
export { divisors, primeFactors } from "./divisors.js";
