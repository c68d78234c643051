export { builtInTarget, targetNames } from "./catalogue.js";
export { eyeriss } from "./eyeriss.js";
export { gemmini } from "./gemmini.js";
export { nvdlaLarge, nvdlaSmall } from "./nvdla.js";
export { simba } from "./simba.js";
export { systolic } from "./systolic.js";
export { tpuV1 } from "./tpu-v1.js";
