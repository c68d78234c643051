import type { Workload } from "../workload/workload.js";
import { ImageNetwork, type ImageOptions } from "./image-network.js";
import { type InvertedResidualStage, invertedResiduals } from "./inverted-residual.js";

/** Table 2 of the paper: expansion, kernel, stride, channels, blocks. */
const STAGES: readonly InvertedResidualStage[] = [
  [1, 3, 1, 16, 1],
  [6, 3, 2, 24, 2],
  [6, 3, 2, 32, 3],
  [6, 3, 2, 64, 4],
  [6, 3, 1, 96, 3],
  [6, 3, 2, 160, 3],
  [6, 3, 1, 320, 1],
];

/**
 * MobileNetV2, width 1.0, for 1000 classes: 0.30 G MACs at 224 x 224 pixels (the default).
 *
 * @throws LoopnestError `input` if an option is not a positive integer.
 */
export function mobilenetV2(options: ImageOptions = {}): Workload {
  const { imageSize = 224, batch = 1 } = options;
  const network = new ImageNetwork("mobilenetV2", imageSize, batch);
  const stem = network.conv("stem", network.image, { kernel: 3, channels: 32, stride: 2 });
  const features = invertedResiduals(network, stem, STAGES, false);
  network.linear("classifier", network.conv("head", features, { kernel: 1, channels: 1280 }), 1000);
  return {
    name: "mobilenet-v2",
    description: `MobileNetV2 1.0, image classification, ${imageSize} x ${imageSize} pixels, batch ${batch}`,
    source: "Sandler et al., MobileNetV2: Inverted Residuals and Linear Bottlenecks (CVPR 2018), table 2",
    ...network.network,
  };
}
