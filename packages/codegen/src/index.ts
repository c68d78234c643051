export { layerProgram } from "./c/layer-program.js";
export type { DriverCall, NoCall } from "./gemmini/driver-call.js";
export { driverCall } from "./gemmini/driver-call.js";
export type { DriverHeader, NamedLayer } from "./gemmini/driver-header.js";
export { driverHeader } from "./gemmini/driver-header.js";
export type { GeneratorConfig, GeneratorParameters } from "./gemmini/generator-config.js";
export { generatorConfig, generatorScala } from "./gemmini/generator-config.js";
export type { LayerTrace, TraceEvent } from "./trace/layer-trace.js";
export { layerTrace } from "./trace/layer-trace.js";
