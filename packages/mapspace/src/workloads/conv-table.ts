import { conv } from "../problem/conv.js";
import type { Layer } from "../workload/workload.js";

/** A convolution with a square filter and a square output, in batches of 1, and how often it occurs. */
export type ConvRow = readonly [
  name: string,
  kernel: number,
  outputSize: number,
  inputChannels: number,
  outputChannels: number,
  stride: number,
  count: number,
];

/** Layers of a table of square convolutions, in its order. */
export function convTable(rows: readonly ConvRow[]): Layer[] {
  return rows.map(([name, kernel, size, C, K, stride, count]) => ({
    problem: conv({ name, R: kernel, S: kernel, P: size, Q: size, C, K, stride }),
    count,
  }));
}
