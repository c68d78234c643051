export { layerProgram } from "./c/layer-program.js";
export type { LayerTrace, TraceEvent } from "./trace/layer-trace.js";
export { layerTrace } from "./trace/layer-trace.js";
