import type { Workload } from "../workload/workload.js";
import { ImageNetwork, type ImageOptions } from "./image-network.js";
import { type InvertedResidualStage, invertedResiduals } from "./inverted-residual.js";

/** Table 1 of the paper: expansion, kernel, stride, channels, blocks. */
const STAGES: readonly InvertedResidualStage[] = [
  [1, 3, 1, 16, 1],
  [6, 3, 2, 24, 2],
  [6, 5, 2, 40, 2],
  [6, 3, 2, 80, 3],
  [6, 5, 1, 112, 3],
  [6, 5, 2, 192, 4],
  [6, 3, 1, 320, 1],
];

/**
 * EfficientNet-B0 for 1000 classes, with squeeze and excitation: 0.39 G MACs at 224 x 224 pixels (the default).
 *
 * @throws LoopnestError `input` if an option is not a positive integer.
 */
export function efficientnetB0(options: ImageOptions = {}): Workload {
  const { imageSize = 224, batch = 1 } = options;
  const network = new ImageNetwork("efficientnetB0", imageSize, batch);
  const stem = network.conv("stem", network.image, { kernel: 3, channels: 32, stride: 2 });
  const features = invertedResiduals(network, stem, STAGES, true);
  network.linear("classifier", network.conv("head", features, { kernel: 1, channels: 1280 }), 1000);
  return {
    name: "efficientnet-b0",
    description: `EfficientNet-B0, image classification, ${imageSize} x ${imageSize} pixels, batch ${batch}`,
    source: "Tan and Le, EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks (ICML 2019), table 1",
    ...network.network,
  };
}
