import { builtInWorkload, matmul, type Workload } from "@loopnest/mapspace";

/**
 * Layers of an image network, as often as they occur, with an input so small that each runs in RTL in about a second.
 */
function cut(name: "resnet50" | "mobilenet-v2", layerNames: readonly string[]): Workload {
  const imageSize = 56;
  const whole = builtInWorkload(name, { imageSize });
  return {
    name: `${name}-cut`,
    description: `${layerNames.length} layers of ${name}, ${imageSize} x ${imageSize} pixels`,
    ...(whole.source !== undefined && { source: whole.source }),
    layers: layerNames.map((layer) => whole.layers.find(({ problem }) => problem.name === layer)!),
  };
}

const resnet50 = cut("resnet50", [
  "conv1",
  "layer1.0.conv2",
  "layer1.0.conv3",
  "layer2.0.conv1",
  "layer2.0.conv2",
  "layer2.1.conv1",
  "layer3.0.conv3",
  "layer3.1.conv1",
]);

const mobilenetV2 = cut("mobilenet-v2", [
  "stem",
  "stage1.0.depthwise",
  "stage1.0.project",
  "stage2.0.expand",
  "stage2.0.depthwise",
  "stage3.1.expand",
  "stage3.1.depthwise",
  "stage5.1.project",
]);

/**
 * An encoder layer of BERT-base with a quarter of its width (768, 3072) and of its 128 tokens; heads keep their 64
 * channels.
 */
const bert: Workload = {
  name: "bert-cut",
  description: "the matrix products of a BERT encoder layer, a quarter as wide, 32 tokens",
  source: "Devlin et al., BERT (NAACL 2019), section 3: BERT-base",
  layers: [
    { problem: matmul({ name: "projection", m: 32, n: 192, k: 192 }), count: 4 },
    { problem: matmul({ name: "attention-scores", m: 32, n: 32, k: 64 }), count: 3 },
    { problem: matmul({ name: "attention-context", m: 32, n: 64, k: 32 }), count: 3 },
    { problem: matmul({ name: "feed-forward-up", m: 32, n: 768, k: 192 }), count: 1 },
    { problem: matmul({ name: "feed-forward-down", m: 32, n: 192, k: 768 }), count: 1 },
  ],
};

/** The networks that go round the circle: 21 layers. */
export const networks: readonly Workload[] = [resnet50, mobilenetV2, bert];
