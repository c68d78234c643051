export type { OperatorReport } from "./operator-report.js";
export type { OnnxImport, OnnxInput, OnnxOptions } from "./read-onnx.js";
export { readOnnx } from "./read-onnx.js";
export type { Counting } from "./regions.js";
