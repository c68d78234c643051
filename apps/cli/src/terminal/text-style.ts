import type { TextStyle } from "@loopnest/report";
import { colorsFor } from "./colors.js";

/** How lines look on a stream: colours where it has them, as wide as its terminal where it is one. */
export function textStyle(stream: NodeJS.WriteStream = process.stdout): TextStyle {
  return { ...colorsFor(stream), columns: stream.isTTY ? (stream.columns ?? 80) : undefined };
}
