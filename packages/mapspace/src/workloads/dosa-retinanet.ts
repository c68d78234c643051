import type { Workload } from "../workload/workload.js";
import { type ConvRow, convTable } from "./conv-table.js";

const ROWS: readonly ConvRow[] = [
  ["p3.lateral", 1, 28, 512, 256, 1, 1],
  ["p3.tower", 3, 28, 256, 256, 1, 2],
  ["p3.classes", 3, 28, 256, 720, 1, 1],
  ["p3.boxes", 3, 28, 256, 36, 1, 1],
  ["p4.lateral", 1, 14, 1024, 256, 1, 1],
  ["p4.tower", 3, 14, 256, 256, 1, 2],
  ["p4.classes", 3, 14, 256, 720, 1, 1],
  ["p4.boxes", 3, 14, 256, 36, 1, 1],
  ["p5.lateral", 1, 7, 2048, 256, 1, 1],
  ["p5.tower", 3, 7, 256, 256, 1, 2],
  ["p5.classes", 3, 7, 256, 720, 1, 1],
  ["p5.boxes", 3, 7, 256, 36, 1, 1],
  ["p6.downsample", 3, 4, 2048, 256, 2, 1],
  ["p6.lateral", 1, 4, 256, 256, 1, 1],
  ["p6.tower", 3, 4, 256, 256, 1, 2],
  ["p6.classes", 3, 4, 256, 720, 1, 1],
  ["p6.boxes", 3, 4, 256, 36, 1, 1],
  ["p7.downsample", 3, 2, 256, 256, 2, 1],
  ["p7.lateral", 1, 2, 256, 256, 1, 1],
  ["p7.tower", 3, 2, 256, 256, 1, 2],
  ["p7.classes", 3, 2, 256, 720, 1, 1],
  ["p7.boxes", 3, 2, 256, 36, 1, 1],
];

/**
 * The part of RetinaNet that DOSA evaluates: feature pyramid and prediction heads at 224 x 224 pixels, 80 classes x 9
 * anchors, without the ResNet-50 below them and with 2 of the 9 convolutions of 256 channels at each level. The whole
 * network is `retinanetResnet50Fpn`.
 */
export function dosaRetinanet(): Workload {
  return {
    name: "retinanet",
    description: "RetinaNet as in DOSA: feature pyramid and prediction heads, no backbone, 224 x 224 pixels, batch 1",
    source: "the layer list of DOSA (MICRO 2023), after Lin et al., Focal Loss for Dense Object Detection (ICCV 2017)",
    layers: convTable(ROWS),
  };
}
