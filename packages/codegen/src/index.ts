export { layerProgram } from "./c/layer-program.js";
