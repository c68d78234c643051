import type { FeatureMap, ImageNetwork } from "./image-network.js";

/** A row of a table of inverted residual stages: only the first block of a stage has the stride. */
export type InvertedResidualStage = readonly [
  expansion: number,
  kernel: number,
  stride: number,
  channels: number,
  blocks: number,
];

/**
 * Adds stages of inverted residual blocks: 1 x 1 convolution to `expansion` times the channels (left out if 1),
 * depthwise convolution, squeeze and excitation if asked for, 1 x 1 convolution to the stage's channels.
 *
 * Squeeze and excitation are two 1 x 1 convolutions on the averaged map, through a quarter of the block's input
 * channels. Where a block changes no shape, its input is added to what comes out.
 */
export function invertedResiduals(
  network: ImageNetwork,
  input: FeatureMap,
  stages: readonly InvertedResidualStage[],
  squeezeExcite: boolean,
): FeatureMap {
  let map = input;
  stages.forEach(([expansion, kernel, stride, channels, blocks], stage) => {
    for (let block = 0; block < blocks; block++) {
      const name = `stage${stage + 1}.${block}`;
      const expanded = expansion * map.channels;
      const wide = expansion === 1 ? map : network.conv(`${name}.expand`, map, { kernel: 1, channels: expanded });
      const filtered = network.depthwise(`${name}.depthwise`, wide, { kernel, stride: block === 0 ? stride : 1 });
      if (squeezeExcite) {
        const averaged = network.averaged(filtered);
        const squeezed = network.conv(`${name}.squeeze`, averaged, {
          kernel: 1,
          channels: Math.floor(map.channels / 4),
        });
        network.conv(`${name}.excite`, squeezed, { kernel: 1, channels: expanded });
      }
      const output = network.conv(`${name}.project`, filtered, { kernel: 1, channels });
      const isPlain = (block > 0 || stride === 1) && map.channels === channels;
      map = isPlain ? network.sum(output, map) : output;
    }
  });
  return map;
}
