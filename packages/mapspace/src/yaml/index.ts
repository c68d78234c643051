export { LineStarts } from "./line-starts.js";
export { nameOf } from "./node-facts.js";
export { pathText } from "./path-text.js";
export type { YamlOptions } from "./yaml-text.js";
export { YamlText } from "./yaml-text.js";
