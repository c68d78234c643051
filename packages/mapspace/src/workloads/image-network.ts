import { conv, depthwiseConv, positiveInteger } from "../problem/conv.js";
import { matmul } from "../problem/matmul.js";
import { featureRanks, type Link, linkLayers } from "../workload/link-layers.js";
import type { Layer, Workload } from "../workload/workload.js";

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

/** The layer that makes a map, and what lies between: the map that an operator takes, and the operator. */
type Origin = { readonly layer: number } | { readonly of: FeatureMap; readonly through: string };

/**
 * Collects the layers of an image network; each method adds a layer and returns the feature map that it makes. Maps are
 * told apart as objects: who makes one, and how many read it, are the network's edges.
 */
export class ImageNetwork {
  readonly #layers: Layer[] = [];
  /** The input: three colours. */
  readonly image: FeatureMap;
  readonly #batch: number;
  readonly #origins = new Map<FeatureMap, Origin>();
  readonly #readers = new Map<FeatureMap, number>();
  readonly #inputs: FeatureMap[] = [];

  /** @throws LoopnestError `input` if a size is not a positive integer. */
  constructor(name: string, imageSize: number, batch = 1) {
    positiveInteger(name, "imageSize", imageSize);
    positiveInteger(name, "batch", batch);
    this.image = { channels: 3, size: imageSize };
    this.#batch = batch;
  }

  /** In the order in which they run. */
  get layers(): readonly Layer[] {
    return this.#layers;
  }

  /** Layers, equal ones merged, and edges. */
  get network(): Required<Pick<Workload, "layers" | "edges">> {
    return linkLayers(
      this.layers,
      this.#inputs.flatMap((map, to) => this.#link(map, to)),
    );
  }

  /** A square convolution padded by (kernel - 1) / 2 on each side, so that only the stride shrinks the map. */
  conv(name: string, input: FeatureMap, to: { kernel: number; channels: number; stride?: number }): FeatureMap {
    const { kernel, channels, stride = 1 } = to;
    const size = Math.ceil(input.size / stride);
    const problem = conv({ name, ...this.#square(kernel, size), C: input.channels, K: channels, stride });
    return this.#add(problem, input, { channels, size });
  }

  /** A depthwise convolution, padded like `conv`. */
  depthwise(name: string, input: FeatureMap, to: { kernel: number; stride?: number }): FeatureMap {
    const { kernel, stride = 1 } = to;
    const size = Math.ceil(input.size / stride);
    const problem = depthwiseConv({ name, ...this.#square(kernel, size), channels: input.channels, stride });
    return this.#add(problem, input, { channels: input.channels, size });
  }

  /** A fully connected layer on the channels of the averaged (1 x 1) map. */
  linear(name: string, input: FeatureMap, outputs: number): void {
    this.#add(matmul({ name, m: this.#batch, k: input.channels, n: outputs }), this.averaged(input), {
      channels: outputs,
      size: 1,
    });
  }

  /** The sum of two maps, of which the first was made last. */
  sum(map: FeatureMap, other: FeatureMap): FeatureMap {
    this.#read(other);
    return this.#made({ ...map }, { of: this.#read(map), through: "Add" });
  }

  /** The mean of all places of a map. */
  averaged(map: FeatureMap): FeatureMap {
    this.#read(map);
    return { channels: map.channels, size: 1 };
  }

  #square(kernel: number, size: number) {
    return { R: kernel, S: kernel, P: size, Q: size, N: this.#batch };
  }

  #add(problem: Layer["problem"], input: FeatureMap, output: FeatureMap): FeatureMap {
    this.#inputs.push(this.#read(input));
    return this.#made(output, { layer: this.#layers.push({ problem, count: 1 }) - 1 });
  }

  #made(map: FeatureMap, origin: Origin): FeatureMap {
    this.#origins.set(map, origin);
    return map;
  }

  #read(map: FeatureMap): FeatureMap {
    this.#readers.set(map, (this.#readers.get(map) ?? 0) + 1);
    return map;
  }

  /** What layer `to` reads, if a layer made it. */
  #link(map: FeatureMap, to: number): Link[] {
    const through: string[] = [];
    let readers = 1;
    for (let at = map, origin = this.#origins.get(at); origin !== undefined; origin = this.#origins.get(at)) {
      readers = Math.max(readers, this.#readers.get(at)!);
      if ("layer" in origin) {
        const ranks = featureRanks(this.#layers[origin.layer]!.problem, this.#layers[to]!.problem);
        return [
          {
            ...{ from: origin.layer, to, tensor: "Inputs", ranks },
            ...(through.length > 0 && { through }),
            ...(readers > 1 && { refusal: `${readers} operators read it` }),
          },
        ];
      }
      through.unshift(origin.through);
      at = origin.of;
    }
    return [];
  }
}

/** A pooling with stride 2 that rounds up, as the padded 3 x 3 maximum of ResNet does. */
export function pooled(map: FeatureMap): FeatureMap {
  return { channels: map.channels, size: Math.ceil(map.size / 2) };
}
