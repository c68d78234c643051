import { LoopnestError } from "../errors/loopnest-error.js";
import { conv, positiveInteger } from "../problem/conv.js";
import { mergeLayers } from "../workload/merge-layers.js";
import type { Workload } from "../workload/workload.js";
import type { ImageOptions } from "./image-network.js";
import { attention, blockEdges, linears, repeated } from "./transformer.js";

/** "ViT-Base" in table 1 of the paper, patches of 16 x 16 pixels. */
const BLOCKS = 12;
const HIDDEN = 768;
const MLP = 3072;
const HEADS = 12;
const PATCH = 16;

/**
 * Vision transformer ViT-B/16 for 1000 classes: 17.6 G MACs at 224 x 224 pixels (the default), which are 196 patches
 * and a class token.
 *
 * @throws LoopnestError `input` if an option is not a positive integer or the image is not a whole number of patches
 * wide.
 */
export function vitB16(options: ImageOptions = {}): Workload {
  const { imageSize = 224, batch = 1 } = options;
  positiveInteger("vitB16", "batch", batch);
  const patches = patchesAcross(imageSize);
  const tokens = patches ** 2 + 1;
  const encoderLayer = [
    ...linears(batch * tokens, [["query-key-value", HIDDEN, 3 * HIDDEN, 1]]),
    ...attention({ batch, heads: HEADS, headSize: HIDDEN / HEADS, queries: tokens, context: tokens }),
    ...linears(batch * tokens, [
      ["attention-output", HIDDEN, HIDDEN, 1],
      ["mlp-up", HIDDEN, MLP, 1],
      ["mlp-down", MLP, HIDDEN, 1],
    ]),
  ];
  const embedding = conv({
    name: "patch-embedding",
    ...{ R: PATCH, S: PATCH, P: patches, Q: patches, C: 3, K: HIDDEN, N: batch, stride: PATCH },
  });
  const layers = mergeLayers([
    { problem: embedding, count: 1 },
    ...repeated(BLOCKS, encoderLayer),
    ...linears(batch, [["classifier", HIDDEN, 1000, 1]]),
  ]);
  return {
    name: "vit-b16",
    description: `ViT-B/16, image classification, ${imageSize} x ${imageSize} pixels, batch ${batch}`,
    source: "Dosovitskiy et al., An Image is Worth 16x16 Words (ICLR 2021), table 1",
    layers,
    edges: blockEdges(BLOCKS, layers, ["mlp-up", "mlp-down", "Gelu"]),
  };
}

function patchesAcross(imageSize: number): number {
  positiveInteger("vitB16", "imageSize", imageSize);
  if (imageSize % PATCH === 0) return imageSize / PATCH;
  throw new LoopnestError({
    code: "input",
    path: "vitB16.imageSize",
    problem: `imageSize is ${imageSize}`,
    fix: `give a multiple of ${PATCH}`,
    expected: `a multiple of ${PATCH}`,
    got: imageSize,
  });
}
