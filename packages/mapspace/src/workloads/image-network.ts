import { conv, depthwiseConv, positiveInteger } from "../problem/conv.js";
import { matmul } from "../problem/matmul.js";
import type { Layer } from "../workload/workload.js";

/** Free sizes of an image network. */
export interface ImageOptions {
  /** Height and width of the images, in pixels. */
  readonly imageSize?: number;
  /** Images at a time; 1 unless given. */
  readonly batch?: number;
}

/** What flows between two layers: `channels` maps of `size` x `size` words. */
export interface FeatureMap {
  readonly channels: number;
  readonly size: number;
}

/** Collects the layers of an image network; each method adds a layer and returns the feature map that it makes. */
export class ImageNetwork {
  readonly layers: Layer[] = [];
  /** The input: three colours. */
  readonly image: FeatureMap;
  readonly #batch: number;

  /** @throws LoopnestError `input` if a size is not a positive integer. */
  constructor(name: string, imageSize: number, batch = 1) {
    positiveInteger(name, "imageSize", imageSize);
    positiveInteger(name, "batch", batch);
    this.image = { channels: 3, size: imageSize };
    this.#batch = batch;
  }

  /** A square convolution padded by (kernel - 1) / 2 on each side, so that only the stride shrinks the map. */
  conv(name: string, input: FeatureMap, to: { kernel: number; channels: number; stride?: number }): FeatureMap {
    const { kernel, channels, stride = 1 } = to;
    const size = Math.ceil(input.size / stride);
    this.#add(conv({ name, ...this.#square(kernel, size), C: input.channels, K: channels, stride }));
    return { channels, size };
  }

  /** A depthwise convolution, padded like `conv`. */
  depthwise(name: string, input: FeatureMap, to: { kernel: number; stride?: number }): FeatureMap {
    const { kernel, stride = 1 } = to;
    const size = Math.ceil(input.size / stride);
    this.#add(depthwiseConv({ name, ...this.#square(kernel, size), channels: input.channels, stride }));
    return { channels: input.channels, size };
  }

  /** A fully connected layer on the channels of the averaged (1 x 1) map. */
  linear(name: string, input: FeatureMap, outputs: number): void {
    this.#add(matmul({ name, m: this.#batch, k: input.channels, n: outputs }));
  }

  #square(kernel: number, size: number) {
    return { R: kernel, S: kernel, P: size, Q: size, N: this.#batch };
  }

  #add(problem: Layer["problem"]): void {
    this.layers.push({ problem, count: 1 });
  }
}

/** A pooling with stride 2 that rounds up, as the padded 3 x 3 maximum of ResNet does. */
export function pooled(map: FeatureMap): FeatureMap {
  return { channels: map.channels, size: Math.ceil(map.size / 2) };
}
