import { expect, it } from "vitest";
import { givenSizes } from "../src/inference/given-sizes.js";
import { inferShapes } from "../src/inference/infer-shapes.js";
import { readModel } from "../src/model/read-model.js";
import { GraphBuilder } from "./model-builder.js";

interface Window {
  readonly size: number;
  readonly kernel: number;
  readonly stride: number;
  readonly pads?: readonly [before: number, after: number];
  readonly dilation?: number;
}

/** How many words poolings along one axis leave. */
function pooled(windows: readonly Window[], ceil_mode: 0 | 1, operator = "MaxPool"): (number | null)[] {
  const g = new GraphBuilder();
  windows.forEach(({ size, kernel, stride, pads = [0, 0], dilation }, i) => {
    const attributes = { kernel_shape: [kernel], strides: [stride], pads: [...pads], ceil_mode };
    const dilations = dilation === undefined ? {} : { dilations: [dilation] };
    g.output(g.node(operator, [g.input(`x${i}`, [1, 4, size])], { ...attributes, ...dilations }));
  });
  return inferShapes(readModel(g.bytes()), givenSizes({})).outputs.map(({ shape }) => shape![2]!);
}

// With ceil_mode a last window may reach over the end, unless it would begin in the padding behind the input, as in
// PyTorch: "sliding windows that would start in the right padded region are ignored". The windows' first places are
// written out.
it.each<[window: Window, down: number, up: number]>([
  // 0, 2 fit; 4 reaches over the end.
  [{ size: 5, kernel: 2, stride: 2 }, 2, 3],
  // 0, 2 fit exactly: nothing to round.
  [{ size: 5, kernel: 3, stride: 2 }, 2, 2],
  // -1, 1 fit; 3 would begin just behind the input.
  [{ size: 3, kernel: 2, stride: 2, pads: [1, 1] }, 2, 2],
  // -1, 1 fit; 3 is the input's last word.
  [{ size: 4, kernel: 3, stride: 2, pads: [1, 1] }, 2, 3],
  // -1, 2 fit; 5 is one word behind, two words behind, and inside.
  [{ size: 5, kernel: 2, stride: 3, pads: [1, 1] }, 2, 2],
  [{ size: 4, kernel: 2, stride: 3, pads: [1, 1] }, 2, 2],
  [{ size: 6, kernel: 2, stride: 3, pads: [1, 1] }, 3, 3],
  // Padding behind only: 0, 2 fit; 4 would begin in it.
  [{ size: 4, kernel: 3, stride: 2, pads: [0, 2] }, 2, 2],
  // As much padding in front: -2, 0 fit; 2 is inside.
  [{ size: 4, kernel: 3, stride: 2, pads: [2, 0] }, 2, 3],
  // The window spans 4 words: 0, 2 fit; 4 is inside.
  [{ size: 7, kernel: 2, stride: 2, dilation: 3 }, 2, 3],
  // A window larger than its input: only a part of it lies in it.
  [{ size: 2, kernel: 3, stride: 2 }, 0, 1],
  // ResNet's pooling of 112 words: -1 to 109 fit; 111 is inside.
  [{ size: 112, kernel: 3, stride: 2, pads: [1, 1] }, 56, 57],
])("%o leaves %i words, %i with ceil_mode", (window, down, up) => {
  expect(pooled([window], 1)).toEqual([up]);
  if (down > 0) expect(pooled([window], 0)).toEqual([down]);
  if (window.dilation !== undefined) return;
  expect(pooled([window], 1, "AveragePool")).toEqual([up]);
  expect(pooled([window], 1, "LpPool")).toEqual([up]);
});

it("places of a window are those that a walk over the input finds", () => {
  const windows: Required<Omit<Window, "dilation">>[] = [];
  for (let size = 1; size <= 9; size++) {
    for (let kernel = 1; kernel <= 4; kernel++) {
      for (let stride = 1; stride <= 4; stride++) {
        for (const pads of [
          [0, 0],
          [1, 0],
          [0, 1],
          [1, 1],
          [1, 2],
        ] as const) {
          if (kernel <= size + pads[0] + pads[1] && pads[0] < kernel) windows.push({ size, kernel, stride, pads });
        }
      }
    }
  }
  const walked = (isLast: (at: number, window: (typeof windows)[number]) => boolean) =>
    windows.map((window) => {
      let count = 0;
      for (let at = 0; !isLast(at, window); at += window.stride) count += 1;
      return count;
    });
  const padded = ({ size, pads: [before, after] }: (typeof windows)[number]) => before + size + after;
  expect(pooled(windows, 0)).toEqual(walked((at, window) => at + window.kernel > padded(window)));
  // One more window as long as the one before it leaves words behind it, and it begins in front of the padding behind.
  const isBehind = (at: number, { size, pads }: (typeof windows)[number]) => at >= pads[0] + size;
  const isAll = (at: number, { kernel, stride, ...window }: (typeof windows)[number]) =>
    at > 0 && at - stride + kernel >= padded({ kernel, stride, ...window });
  expect(pooled(windows, 1)).toEqual(walked((at, window) => isBehind(at, window) || isAll(at, window)));
});
