import { BOOL, FLOAT, GraphBuilder, INT64 } from "./model-builder.js";

/**
 * Networks as `torch.onnx.export` writes them in inference mode: batch normalisation folded into the convolutions, a
 * dynamic batch.
 */

interface ConvSettings {
  readonly stride?: number;
  readonly group?: number;
}

function conv(
  g: GraphBuilder,
  x: string,
  name: string,
  sizes: readonly [c: number, k: number, r: number],
  { stride = 1, group = 1 }: ConvSettings = {},
): string {
  const [c, k, r] = sizes;
  const pad = Math.floor(r / 2);
  const attributes = {
    kernel_shape: [r, r],
    strides: [stride, stride],
    pads: [pad, pad, pad, pad],
    dilations: [1, 1],
    group,
  };
  return g.node("Conv", [x, g.weights(k, c / group, r, r), g.weights(k)], attributes, `/${name}/Conv`);
}

function classifier(g: GraphBuilder, x: string, channels: number): Uint8Array {
  const pooled = g.node("Flatten", [g.node("GlobalAveragePool", [x], {}, "/avgpool/GlobalAveragePool")], { axis: 1 });
  g.output(g.node("Gemm", [pooled, g.weights(1000, channels), g.weights(1000)], { transB: 1 }, "/fc/Gemm"), [
    "batch_size",
    1000,
  ]);
  return g.bytes();
}

/** torchvision's ResNet-50 (He et al., 2016), the stride in the 3 x 3 convolution. */
export function resnet50(size: number | string = 224): Uint8Array {
  const g = new GraphBuilder();
  const relu = (x: string) => g.node("Relu", [x]);
  let x = relu(conv(g, g.input("input", ["batch_size", 3, size, size]), "conv1", [3, 64, 7], { stride: 2 }));
  x = g.node("MaxPool", [x], { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] }, "/maxpool/MaxPool");
  let channels = 64;
  [3, 4, 6, 3].forEach((blocks, stage) => {
    const width = 64 * 2 ** stage;
    for (let block = 0; block < blocks; block++) {
      const at = `layer${stage + 1}/layer${stage + 1}.${block}`;
      const stride = stage > 0 && block === 0 ? 2 : 1;
      let y = relu(conv(g, x, `${at}/conv1`, [channels, width, 1]));
      y = relu(conv(g, y, `${at}/conv2`, [width, width, 3], { stride }));
      y = conv(g, y, `${at}/conv3`, [width, 4 * width, 1]);
      const skip = block === 0 ? conv(g, x, `${at}/downsample/downsample.0`, [channels, 4 * width, 1], { stride }) : x;
      x = relu(g.node("Add", [y, skip]));
      channels = 4 * width;
    }
  });
  return classifier(g, x, channels);
}

/** torchvision's MobileNetV2 (Sandler et al., 2018). */
export function mobilenetV2(): Uint8Array {
  const g = new GraphBuilder();
  const clip = (x: string) => g.node("Clip", [x, g.floats(0), g.floats(6)]);
  let x = clip(
    conv(g, g.input("input", ["batch_size", 3, 224, 224]), "features/features.0/features.0.0", [3, 32, 3], {
      stride: 2,
    }),
  );
  let channels = 32;
  let index = 1;
  for (const [expansion, width, count, first] of [
    [1, 16, 1, 1],
    [6, 24, 2, 2],
    [6, 32, 3, 2],
    [6, 64, 4, 2],
    [6, 96, 3, 1],
    [6, 160, 3, 2],
    [6, 320, 1, 1],
  ] as const) {
    for (let block = 0; block < count; block++, index++) {
      const stride = block === 0 ? first : 1;
      const at = `features/features.${index}/conv/conv`;
      const inner = channels * expansion;
      let y = expansion === 1 ? x : clip(conv(g, x, `${at}.0`, [channels, inner, 1]));
      y = clip(conv(g, y, `${at}.1`, [inner, inner, 3], { stride, group: inner }));
      y = conv(g, y, `${at}.2`, [inner, width, 1]);
      x = stride === 1 && channels === width ? g.node("Add", [x, y]) : y;
      channels = width;
    }
  }
  x = clip(conv(g, x, "features/features.18/features.18.0", [channels, 1280, 1]));
  return classifier(g, x, 1280);
}

/**
 * torchvision's ShuffleNetV2 x1.0 (Ma et al., 2018): the channels are shuffled by shapes that are worked out in the
 * graph.
 */
export function shufflenetV2(): Uint8Array {
  const g = new GraphBuilder();
  const relu = (x: string) => g.node("Relu", [x]);
  const branch = (x: string, at: string, from: number, to: number, stride: number) => {
    const y = relu(conv(g, x, `${at}.0`, [from, to, 1]));
    return relu(conv(g, conv(g, y, `${at}.3`, [to, to, 3], { stride, group: to }), `${at}.5`, [to, to, 1]));
  };
  let x = relu(conv(g, g.input("input", ["batch_size", 3, 224, 224]), "conv1", [3, 24, 3], { stride: 2 }));
  x = g.node("MaxPool", [x], { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] });
  let channels = 24;
  [
    [4, 116],
    [8, 232],
    [4, 464],
  ].forEach(([blocks, width], stage) => {
    const half = width! / 2;
    for (let block = 0; block < blocks!; block++) {
      const at = `stage${stage + 2}/stage${stage + 2}.${block}`;
      if (block === 0) {
        const left = relu(
          conv(
            g,
            conv(g, x, `${at}/branch1.0`, [channels, channels, 3], { stride: 2, group: channels }),
            `${at}/branch1.2`,
            [channels, half, 1],
          ),
        );
        x = g.node("Concat", [left, branch(x, `${at}/branch2`, channels, half, 2)], { axis: 1 });
      } else {
        const [kept, worked] = g.nodes(2, "Split", [x, g.integers([half, half])], { axis: 1 }) as [string, string];
        x = g.node("Concat", [kept, branch(worked, `${at}/branch2`, half, half, 1)], { axis: 1 });
      }
      x = shuffled(g, x);
      channels = width!;
    }
  });
  x = relu(conv(g, x, "conv5", [channels, 1024, 1]));
  const mean = g.node("ReduceMean", [x], { axes: [2, 3], keepdims: 0 });
  g.output(g.node("Gemm", [mean, g.weights(1000, 1024), g.weights(1000)], { transB: 1 }, "/fc/Gemm"));
  return g.bytes();
}

/** `x.view(batch, 2, channels / 2, height, width).transpose(1, 2).view(batch, channels, height, width)`. */
function shuffled(g: GraphBuilder, x: string): string {
  const size = (axis: number) => g.node("Gather", [g.node("Shape", [x]), g.integers(axis)], { axis: 0 });
  const list = (size: string) => g.node("Unsqueeze", [size, g.integers([0])]);
  const [n, c, h, w] = [0, 1, 2, 3].map(size) as [string, string, string, string];
  const half = g.node("Cast", [g.node("Cast", [g.node("Div", [c, g.integers(2)])], { to: INT64 })], { to: INT64 });
  const apart = g.node("Concat", [list(n), g.integers([2]), list(half), list(h), list(w)], { axis: 0 });
  const turned = g.node("Transpose", [g.node("Reshape", [x, apart])], { perm: [0, 2, 1, 3, 4] });
  return g.node("Reshape", [turned, g.node("Concat", [list(n), g.integers([-1]), list(h), list(w)], { axis: 0 })]);
}

/**
 * BERT-base (Devlin et al., 2019) as Hugging Face's implementation is exported: dynamic batch and sequence, attention
 * mask, pooler.
 */
export function bertBase(layers = 12): Uint8Array {
  const g = new GraphBuilder();
  const [hidden, heads] = [768, 12];
  const ids = g.input("input_ids", ["batch_size", "sequence_length"], INT64);
  const mask = additiveMask(g, g.input("attention_mask", ["batch_size", "sequence_length"], INT64));
  let x = g.node("Gather", [g.weights(30522, hidden), ids], {}, "/embeddings/word_embeddings/Gather");
  x = layerNorm(g, g.node("Add", [x, positions(g, ids, hidden)]), hidden);
  const linear = (y: string, from: number, to: number, name: string) =>
    g.node("Add", [g.weights(to), g.node("MatMul", [y, g.weights(from, to)], {}, `/${name}/MatMul`)]);
  for (let layer = 0; layer < layers; layer++) {
    const at = `encoder/layer.${layer}`;
    const split = (name: string, perm: readonly number[]) => {
      const y = linear(x, hidden, hidden, `${at}/attention/self/${name}`);
      return g.node("Transpose", [reshaped(g, y, [heads, hidden / heads])], { perm });
    };
    const [query, key, value] = [
      split("query", [0, 2, 1, 3]),
      split("key", [0, 2, 3, 1]),
      split("value", [0, 2, 1, 3]),
    ];
    const scores = g.node("Div", [g.node("MatMul", [query, key], {}, `/${at}/attention/self/MatMul`), g.floats(8)]);
    const weights = g.node("Softmax", [g.node("Add", [scores, mask])], { axis: -1 });
    const context = g.node("MatMul", [weights, value], {}, `/${at}/attention/self/MatMul_1`);
    const merged = reshaped(g, g.node("Transpose", [context], { perm: [0, 2, 1, 3] }), [hidden]);
    const attended = layerNorm(
      g,
      g.node("Add", [linear(merged, hidden, hidden, `${at}/attention/output/dense`), x]),
      hidden,
    );
    const inner = gelu(g, linear(attended, hidden, 4 * hidden, `${at}/intermediate/dense`));
    x = layerNorm(g, g.node("Add", [linear(inner, 4 * hidden, hidden, `${at}/output/dense`), attended]), hidden);
  }
  g.output(x, ["batch_size", "sequence_length", hidden]);
  const first = g.node("Gather", [x, g.integers(0)], { axis: 1 });
  const pooled = g.node(
    "Gemm",
    [first, g.weights(hidden, hidden), g.weights(hidden)],
    { transB: 1 },
    "/pooler/dense/Gemm",
  );
  g.output(g.node("Tanh", [pooled]), ["batch_size", hidden]);
  return g.bytes();
}

/** The first two sizes of the value, and others behind them: `x.view(x.size(0), x.size(1), ...)`. */
function reshaped(g: GraphBuilder, x: string, behind: readonly number[]): string {
  const sizes = [0, 1].map((axis) =>
    g.node("Unsqueeze", [g.node("Gather", [g.node("Shape", [x]), g.integers(axis)], { axis: 0 }), g.integers([0])]),
  );
  return g.node("Reshape", [x, g.node("Concat", [...sizes, ...behind.map((size) => g.integers([size]))], { axis: 0 })]);
}

/** `(1 - mask[:, None, None, :]) * -inf`, with the comparison and expansion that newer exports have. */
function additiveMask(g: GraphBuilder, mask: string): string {
  const wide = g.node("Unsqueeze", [g.node("Unsqueeze", [mask, g.integers([1])]), g.integers([2])]);
  const sequence = g.node("Gather", [g.node("Shape", [mask]), g.integers(1)], { axis: 0 });
  const batch = g.node("Gather", [g.node("Shape", [mask]), g.integers(0)], { axis: 0 });
  const list = (size: string) => g.node("Unsqueeze", [size, g.integers([0])]);
  const shape = g.node("Concat", [list(batch), g.integers([1]), list(sequence), list(sequence)], { axis: 0 });
  const given = g.node("Where", [
    g.node("Equal", [shape, g.integers([-1, -1, -1, -1])]),
    g.integers([1, 1, 1, 1]),
    shape,
  ]);
  const inverted = g.node("Sub", [g.floats(1), g.node("Cast", [g.node("Expand", [wide, given])], { to: FLOAT })]);
  return g.node("Where", [g.node("Cast", [inverted], { to: BOOL }), g.floats(-3.4e38), inverted]);
}

/** Rows 0 to sequence - 1 of the table of positions, cut out of a constant list of numbers. */
function positions(g: GraphBuilder, ids: string, hidden: number): string {
  const sequence = g.node("Gather", [g.node("Shape", [ids]), g.integers(1)], { axis: 0 });
  const ends = g.node("Unsqueeze", [sequence, g.integers([0])]);
  const all = g.node("Unsqueeze", [g.integers(Array.from({ length: 512 }, (_, i) => i)), g.integers([0])]);
  const rows = g.node("Slice", [all, g.integers([0]), ends, g.integers([1]), g.integers([1])]);
  return g.node("Gather", [g.weights(512, hidden), rows]);
}

/** As it is exported before opset 17. */
function layerNorm(g: GraphBuilder, x: string, hidden: number): string {
  const centred = g.node("Sub", [x, g.node("ReduceMean", [x], { axes: [-1] })]);
  const variance = g.node("ReduceMean", [g.node("Pow", [centred, g.floats(2)])], { axes: [-1] });
  const deviation = g.node("Sqrt", [g.node("Add", [variance, g.floats(1e-12)])]);
  return g.node("Add", [g.node("Mul", [g.node("Div", [centred, deviation]), g.weights(hidden)]), g.weights(hidden)]);
}

function gelu(g: GraphBuilder, x: string): string {
  const erf = g.node("Add", [g.node("Erf", [g.node("Div", [x, g.floats(Math.SQRT2)])]), g.floats(1)]);
  return g.node("Mul", [g.node("Mul", [x, erf]), g.floats(0.5)]);
}
