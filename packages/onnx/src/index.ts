export type { Counting } from "./counting/count-steps.js";
export type { OperatorReport } from "./counting/operator-report.js";
export type { OnnxImport, OnnxInput, OnnxOptions } from "./read-onnx.js";
export { readOnnx } from "./read-onnx.js";
