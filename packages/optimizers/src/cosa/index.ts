export type { CosaOptions } from "./cosa.js";
export { cosa } from "./cosa.js";
export { cosaStart } from "./cosa-mapping.js";
