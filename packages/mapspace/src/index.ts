export { similarNames, unknownName } from "./errors/did-you-mean.js";
export type { ErrorCode, ErrorData, SourcePosition } from "./errors/loopnest-error.js";
export { LoopnestError } from "./errors/loopnest-error.js";
export { type AccessPrices, accessPrices } from "./hardware/access-prices.js";
export type { ActionCosts, LevelActions } from "./hardware/action-costs.js";
export type {
  Architecture,
  Bandwidth,
  Compute,
  FanOut,
  NetworkPrices,
  StorageLevel,
} from "./hardware/architecture.js";
export { fanOut } from "./hardware/architecture.js";
export type { FreeSize } from "./hardware/free-size.js";
export {
  greatestSize,
  isSize,
  leastSize,
  nearestSize,
  sizeFrom,
  sizeUpTo,
  sizeValues,
} from "./hardware/free-size.js";
export type { LevelParts, Machine } from "./hardware/machine.js";
export { emptyMachine, machineOf, makeParts, plainParts, totalAreaUm2 } from "./hardware/machine.js";
export type { MinimalHardware } from "./hardware/minimal-hardware.js";
export { makeMinimalHardware } from "./hardware/minimal-hardware.js";
export type { Needs } from "./hardware/needs.js";
export { emptyNeeds } from "./hardware/needs.js";
export type { Port } from "./hardware/ports.js";
export {
  bandwidthOf,
  limitingPort,
  NO_PORT,
  portName,
  portWords,
  READ_PORT,
  SHARED_PORT,
  WRITE_PORT,
} from "./hardware/ports.js";
export type {
  CompiledLevel,
  CompiledTarget,
  FactorLimit,
  Hardware,
  LevelSpace,
  LevelTemplate,
  StorageKind,
  Target,
} from "./hardware/target.js";
export { compileTarget, givenSizes, hardwareOf, hardwareSizes } from "./hardware/target.js";
export type { Widths } from "./hardware/widths.js";
export { finishedLevelWords, levelWords, tensorWidths } from "./hardware/widths.js";
export { type FactorLimits, isWithin } from "./mapping/factor-limits.js";
export { homeEntry, loopsOutside } from "./mapping/home-entry.js";
export { loopOrders } from "./mapping/loop-orders.js";
export type { Axis, LevelMapping, Mapping, SpatialLoop, TemporalLoop } from "./mapping/mapping.js";
export type { LoopKind, Mapspace, Slot } from "./mapping/mapspace.js";
export { makeMapspace } from "./mapping/mapspace.js";
export type { LevelLoops, LoopNest } from "./mapping/nest.js";
export { checkLevels, emptyNest, flatten, unflatten } from "./mapping/nest.js";
export type { NestPoint } from "./mapping/nest-point.js";
export { clonePoint, copyPoint, currentOrder, makeNestPoint, reorder } from "./mapping/nest-point.js";
export { pointFromMapping } from "./mapping/point-from-mapping.js";
export { isUneven, nodeLevels } from "./mapping/store-nodes.js";
export { paddedDims, tilings } from "./mapping/tilings.js";
export { checkedModel } from "./model/checked-model.js";
export type { Cost } from "./model/cost.js";
export type { Counts } from "./model/counts.js";
export { countsNames, defaultCounts } from "./model/counts.js";
export type {
  CostAccount,
  CostSeed,
  LayerModel,
  PerformanceModel,
  Rounding,
  Traffic,
} from "./model/performance-model.js";
export type { NodeTransfer, PlacementAccount } from "./model/placement-account.js";
export { divisors, primeFactors } from "./numbers/divisors.js";
export { factorizationCount, factorizations } from "./numbers/factorizations.js";
export { firstIndex } from "./numbers/first-index.js";
export type { Monomial, SizeExpression } from "./numbers/monomial.js";
export { divide, evaluateMonomial, multiply, parseMonomial } from "./numbers/monomial.js";
export { GREATEST_QUANTITY, isQuantity, LEAST_QUANTITY } from "./numbers/quantity.js";
export type { Random } from "./numbers/random.js";
export { seededRandom } from "./numbers/random.js";
export type { ConvShape, Pair } from "./problem/conv.js";
export { conv, depthwiseConv } from "./problem/conv.js";
export { type ElementBits, splitBits, withBits } from "./problem/element-bits.js";
export type { MatmulShape } from "./problem/matmul.js";
export { matmul } from "./problem/matmul.js";
export type { PaddedDims, Padding } from "./problem/padding.js";
export { extraWork, paddedBounds, paddedProblem, padProblem } from "./problem/padding.js";
export type { Problem, Rank, Tensor, TensorRole, Term } from "./problem/problem.js";
export { macs, tensorWords } from "./problem/problem.js";
export type { ProblemShape } from "./problem/problem-shape.js";
export { problemShape } from "./problem/problem-shape.js";
export { squeeze } from "./problem/squeeze.js";
export {
  builtInTarget,
  eyeriss,
  gemmini,
  nvdlaLarge,
  nvdlaSmall,
  simba,
  systolic,
  targetNames,
  tpuV1,
} from "./targets/index.js";
export type { WeightedWorkload } from "./workload/combine-workloads.js";
export { combineWorkloads } from "./workload/combine-workloads.js";
export { type HeldTensor, heldTensor, type SharedTile } from "./workload/held-tensor.js";
export { featureRanks, type Link, linkLayers, strideOf } from "./workload/link-layers.js";
export { mergeLayers } from "./workload/merge-layers.js";
export { mayPad, padWorkload } from "./workload/pad-workload.js";
export type { DataMovement, Edge, Layer, NetworkPart, UnmodelledOperator, Workload } from "./workload/workload.js";
export { workloadMacs } from "./workload/workload.js";
export { withWorkloadBits } from "./workload/workload-bits.js";
export type { GenerationOptions, ImageOptions, WorkloadSizes } from "./workloads/index.js";
export {
  bertBase,
  builtInWorkload,
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
  workloadNames,
  workloadSizes,
} from "./workloads/index.js";
