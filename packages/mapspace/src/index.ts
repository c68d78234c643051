export type { Architecture, Bandwidth, Compute, FanOut, StorageLevel } from "./architecture.js";
export { fanOut } from "./architecture.js";
export type { WeightedWorkload } from "./combine-workloads.js";
export { combineWorkloads } from "./combine-workloads.js";
export type { ConvShape, Pair } from "./conv.js";
export { conv, depthwiseConv } from "./conv.js";
export { similarNames, unknownName } from "./did-you-mean.js";
export { divisors, primeFactors } from "./divisors.js";
export type { ErrorCode, ErrorData, SourcePosition } from "./errors.js";
export { LoopnestError } from "./errors.js";
export { factorizationCount, factorizations } from "./factorizations.js";
export { loopOrders } from "./loop-orders.js";
export type { Machine } from "./machine.js";
export { emptyMachine, machineOf } from "./machine.js";
export type { Axis, LevelMapping, Mapping, SpatialLoop, TemporalLoop } from "./mapping.js";
export type { LoopKind, Mapspace, Slot } from "./mapspace.js";
export { mapspace } from "./mapspace.js";
export type { MatmulShape } from "./matmul.js";
export { matmul } from "./matmul.js";
export { mergeLayers } from "./merge-layers.js";
export type { MinimalHardware } from "./minimal-hardware.js";
export { minimalHardware } from "./minimal-hardware.js";
export type { Monomial, SizeExpression } from "./monomial.js";
export { divide, evaluateMonomial, multiply, parseMonomial } from "./monomial.js";
export { movementCost, movementGradient } from "./movement-cost.js";
export type { Needs } from "./needs.js";
export { emptyNeeds } from "./needs.js";
export type { LevelLoops, LoopNest } from "./nest.js";
export { emptyNest, flatten, unflatten } from "./nest.js";
export type { NestPoint } from "./nest-point.js";
export { clonePoint, copyPoint, currentOrder, nestPoint, reorder } from "./nest-point.js";
export type {
  Cost,
  CostAccount,
  CostSeed,
  LayerModel,
  PerformanceModel,
  Rounding,
  Traffic,
} from "./performance-model.js";
export { pointFromMapping } from "./point-from-mapping.js";
export type { Problem, Rank, Tensor, TensorRole, Term } from "./problem.js";
export { macs, tensorWords } from "./problem.js";
export type { Random } from "./random.js";
export { random } from "./random.js";
export type { ProblemShape } from "./shape.js";
export { problemShape } from "./shape.js";
export { squeeze } from "./squeeze.js";
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
export { compileTarget, hardwareOf, hardwareSizes } from "./target.js";
export {
  eyeriss,
  gemmini,
  nvdlaLarge,
  nvdlaSmall,
  simba,
  systolic,
  target,
  targetNames,
  tpuV1,
} from "./targets/index.js";
export type { DataMovement, Layer, NetworkPart, Workload } from "./workload.js";
export { workloadMacs } from "./workload.js";
export type { GenerationOptions, ImageOptions, WorkloadSizes } from "./workloads/index.js";
export {
  bertBase,
  dosaBert,
  dosaRetinanet,
  efficientnetB0,
  gpt2,
  llama3_8b,
  mobilenetV2,
  resnet18,
  resnet50,
  retinanetResnet50Fpn,
  unet,
  vitB16,
  workload,
  workloadNames,
  workloadSizes,
} from "./workloads/index.js";
