import type { Workload } from "../workload/workload.js";
import { type FeatureMap, ImageNetwork, type ImageOptions, pooled } from "./image-network.js";

type Block = (network: ImageNetwork, name: string, input: FeatureMap, width: number, stride: number) => FeatureMap;

const SOURCE = "He et al., Deep Residual Learning for Image Recognition (CVPR 2016)";

/**
 * ResNet-18 for 1000 classes: 1.81 G MACs at 224 x 224 pixels (the default).
 *
 * @throws LoopnestError `input` if an option is not a positive integer.
 */
export function resnet18(options: ImageOptions = {}): Workload {
  const { imageSize = 224, batch = 1 } = options;
  return {
    name: "resnet18",
    description: `ResNet-18, image classification, ${imageSize} x ${imageSize} pixels, batch ${batch}`,
    source: SOURCE,
    ...classifier(new ImageNetwork("resnet18", imageSize, batch), basicBlock, [2, 2, 2, 2]),
  };
}

/**
 * ResNet-50 for 1000 classes with the stride in the 3 x 3 convolution ("v1.5"): 4.09 G MACs at 224 x 224 pixels (the
 * default).
 *
 * At the defaults these are the 24 layers of DOSA's evaluation, in its order.
 *
 * @throws LoopnestError `input` if an option is not a positive integer.
 */
export function resnet50(options: ImageOptions = {}): Workload {
  const { imageSize = 224, batch = 1 } = options;
  return {
    name: "resnet50",
    description: `ResNet-50, image classification, ${imageSize} x ${imageSize} pixels, batch ${batch}`,
    source: `${SOURCE}; stride as in torchvision; the layer list of DOSA (MICRO 2023)`,
    ...classifier(new ImageNetwork("resnet50", imageSize, batch), bottleneck, RESNET50_BLOCKS),
  };
}

/** Blocks in each of ResNet-50's four stages. */
export const RESNET50_BLOCKS = [3, 4, 6, 3] as const;

function classifier(network: ImageNetwork, block: Block, blocks: readonly number[]) {
  const features = resnetStages(network, block, blocks).at(-1)!;
  network.linear("fc", features, 1000);
  return network.network;
}

/** Adds everything up to the last convolution, and returns the feature map after each of the four stages. */
export function resnetStages(network: ImageNetwork, block: Block, blocks: readonly number[]): FeatureMap[] {
  let map = pooled(network.conv("conv1", network.image, { kernel: 7, channels: 64, stride: 2 }));
  return blocks.map((repeats, stage) => {
    for (let i = 0; i < repeats; i++) {
      map = block(network, `layer${stage + 1}.${i}`, map, 64 * 2 ** stage, stage > 0 && i === 0 ? 2 : 1);
    }
    return map;
  });
}

/** Two 3 x 3 convolutions beside a shortcut. */
function basicBlock(network: ImageNetwork, name: string, input: FeatureMap, width: number, stride: number): FeatureMap {
  const first = network.conv(`${name}.conv1`, input, { kernel: 3, channels: width, stride });
  const output = network.conv(`${name}.conv2`, first, { kernel: 3, channels: width });
  return withShortcut(network, name, input, output, stride);
}

/** 1 x 1 to `width` channels, 3 x 3, 1 x 1 to four times as many, beside a shortcut. */
export function bottleneck(
  network: ImageNetwork,
  name: string,
  input: FeatureMap,
  width: number,
  stride: number,
): FeatureMap {
  const narrow = network.conv(`${name}.conv1`, input, { kernel: 1, channels: width });
  const middle = network.conv(`${name}.conv2`, narrow, { kernel: 3, channels: width, stride });
  const output = network.conv(`${name}.conv3`, middle, { kernel: 1, channels: 4 * width });
  return withShortcut(network, name, input, output, stride);
}

/** The shortcut is the identity where nothing changes shape, a 1 x 1 convolution elsewhere. */
function withShortcut(
  network: ImageNetwork,
  name: string,
  input: FeatureMap,
  output: FeatureMap,
  stride: number,
): FeatureMap {
  if (input.channels === output.channels && stride === 1) return network.sum(output, input);
  return network.sum(
    output,
    network.conv(`${name}.downsample`, input, { kernel: 1, channels: output.channels, stride }),
  );
}
