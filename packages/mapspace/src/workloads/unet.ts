import type { Workload } from "../workload/workload.js";
import { type ConvRow, convTable } from "./conv-table.js";

/**
 * Unpadded 3 x 3 convolutions, each taking 2 from the size; on the way up, a 2 x 2 "up-convolution" (upsampling, then
 * an ordinary convolution of the doubled map) before the concatenation with the cropped map from the way down.
 */
const ROWS: readonly ConvRow[] = [
  ["down1.conv1", 3, 570, 1, 64, 1, 1],
  ["down1.conv2", 3, 568, 64, 64, 1, 1],
  ["down2.conv1", 3, 282, 64, 128, 1, 1],
  ["down2.conv2", 3, 280, 128, 128, 1, 1],
  ["down3.conv1", 3, 138, 128, 256, 1, 1],
  ["down3.conv2", 3, 136, 256, 256, 1, 1],
  ["down4.conv1", 3, 66, 256, 512, 1, 1],
  ["down4.conv2", 3, 64, 512, 512, 1, 1],
  ["bottom.conv1", 3, 30, 512, 1024, 1, 1],
  ["bottom.conv2", 3, 28, 1024, 1024, 1, 1],
  ["up4.upconv", 2, 56, 1024, 512, 1, 1],
  ["up4.conv1", 3, 54, 1024, 512, 1, 1],
  ["up4.conv2", 3, 52, 512, 512, 1, 1],
  ["up3.upconv", 2, 104, 512, 256, 1, 1],
  ["up3.conv1", 3, 102, 512, 256, 1, 1],
  ["up3.conv2", 3, 100, 256, 256, 1, 1],
  ["up2.upconv", 2, 200, 256, 128, 1, 1],
  ["up2.conv1", 3, 198, 256, 128, 1, 1],
  ["up2.conv2", 3, 196, 128, 128, 1, 1],
  ["up1.upconv", 2, 392, 128, 64, 1, 1],
  ["up1.conv1", 3, 390, 128, 64, 1, 1],
  ["up1.conv2", 3, 388, 64, 64, 1, 1],
  ["output", 1, 388, 64, 2, 1, 1],
];

/** The original U-Net on one tile of 572 x 572 grey pixels: the 23 layers of DOSA's evaluation. */
export function unet(): Workload {
  return {
    name: "unet",
    description: "U-Net, segmentation into two classes, 572 x 572 grey pixels, batch 1",
    source: "Ronneberger et al., U-Net (MICCAI 2015), figure 1; the layer list of DOSA (MICRO 2023)",
    layers: convTable(ROWS),
  };
}
