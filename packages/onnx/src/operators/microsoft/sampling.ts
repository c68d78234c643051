export { GridSample } from "../onnx/sampling.js";
