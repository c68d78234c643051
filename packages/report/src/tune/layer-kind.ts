import type { Problem } from "@loopnest/mapspace";

/**
 * What kind of layer a problem is, by its bounds: layers of a kind are limited alike. A matrix product is a convolution
 * over one row of pixels; a depthwise convolution has one input channel a group.
 */
export function layerKind({ dims }: Problem): string {
  const bound = (name: string) => dims[name] ?? 1;
  if (dims["K"] === undefined || dims["C"] === undefined) return "other";
  const window = bound("R") * bound("S");
  const grouped = bound("G") > 1;
  if (window > 1) return !grouped ? "convolution" : bound("C") === 1 ? "depthwise convolution" : "grouped convolution";
  if (bound("P") * bound("Q") * bound("N") === 1) return "vector x matrix";
  if (bound("Q") === 1) return grouped ? "batched matrix product" : "matrix product";
  return "1 x 1 convolution";
}
