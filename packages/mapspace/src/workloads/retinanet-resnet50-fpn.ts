import type { Workload } from "../workload/workload.js";
import { type FeatureMap, ImageNetwork, type ImageOptions } from "./image-network.js";
import { bottleneck, RESNET50_BLOCKS, resnetStages } from "./resnet.js";

const ANCHORS = 9;
/** COCO's category numbers run to 90; torchvision scores each of them and the background. */
const CLASSES = 91;
/** Convolutions before the last one in each of the two heads. */
const TOWER = 4;
const CHANNELS = 256;

/**
 * RetinaNet with ResNet-50 and feature pyramid, whole: backbone, pyramid P3 to P7, and both heads on every level. 800 x
 * 800 pixels unless given, with P6 made from P5 as in torchvision.
 *
 * @throws LoopnestError `input` if an option is not a positive integer.
 */
export function retinanetResnet50Fpn(options: ImageOptions = {}): Workload {
  const { imageSize = 800, batch = 1 } = options;
  const network = new ImageNetwork("retinanetResnet50Fpn", imageSize, batch);
  const [, ...backbone] = resnetStages(network, bottleneck, RESNET50_BLOCKS);
  const pyramid = backbone.map((stage, i) => {
    const lateral = network.conv(`p${i + 3}.lateral`, stage, { kernel: 1, channels: CHANNELS });
    return network.conv(`p${i + 3}.smooth`, lateral, { kernel: 3, channels: CHANNELS });
  });
  for (const level of ["p6", "p7"]) {
    pyramid.push(network.conv(level, pyramid.at(-1)!, { kernel: 3, channels: CHANNELS, stride: 2 }));
  }
  pyramid.forEach((map, i) => {
    head(network, `p${i + 3}.classes`, map, ANCHORS * CLASSES);
    head(network, `p${i + 3}.boxes`, map, ANCHORS * 4);
  });
  return {
    name: "retinanet-resnet50-fpn",
    description:
      `RetinaNet with ResNet-50 and feature pyramid, object detection, ${imageSize} x ${imageSize} ` +
      `pixels, batch ${batch}`,
    source: "Lin et al., Focal Loss for Dense Object Detection (ICCV 2017); torchvision retinanet_resnet50_fpn",
    ...network.network,
  };
}

function head(network: ImageNetwork, name: string, map: FeatureMap, outputs: number): void {
  let tower = map;
  for (let i = 0; i < TOWER; i++) tower = network.conv(`${name}.tower${i}`, tower, { kernel: 3, channels: CHANNELS });
  network.conv(name, tower, { kernel: 3, channels: outputs });
}
