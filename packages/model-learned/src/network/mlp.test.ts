import { seededRandom } from "@loopnest/mapspace";
import { describe, expect, it } from "vitest";
import { batchMlp } from "./batch-mlp.js";
import { activationsOf, backward, emptyMlp, forward } from "./mlp.js";
import { trainMlp } from "./train-mlp.js";

const source = seededRandom(3);
const mlp = emptyMlp([5, 7, 6, 1]);
mlp.parameters.forEach((_, i) => {
  mlp.parameters[i] = source.normal() / 2;
});
const inputs = Array.from({ length: 9 }, () => Float64Array.from({ length: 5 }, () => source.normal()));
const activations = activationsOf(mlp);
const output = (input: Float64Array) => {
  activations[0]!.set(input);
  return forward(mlp, activations);
};

describe("network", () => {
  it("has the slopes of its output with respect to its input", () => {
    const deltas = activationsOf(mlp);
    for (const input of inputs) {
      output(input);
      backward(mlp, activations, 2, deltas);
      const slopes = deltas[0]!.slice();
      slopes.forEach((slope, i) => {
        const moved = (h: number) => output(input.map((x, k) => (k === i ? x + h : x)));
        expect(slope).toBeCloseTo((2 * (moved(1e-5) - moved(-1e-5))) / 2e-5, 6);
      });
    }
  });

  it("gives the same in batches, with slopes with respect to its parameters", () => {
    const batch = batchMlp(mlp, inputs.length);
    inputs.forEach((input, i) => {
      batch.inputs.set(input, 5 * i);
    });
    batch.forward(inputs.length);
    inputs.forEach((input, i) => {
      expect(batch.outputs[i]).toBeCloseTo(output(input), 12);
    });
    const weights = Float64Array.from(inputs, () => source.normal());
    const slopes = new Float64Array(mlp.parameters.length);
    batch.backward(inputs.length, weights, slopes);
    const weighted = () => inputs.reduce((sum, input, i) => sum + weights[i]! * output(input), 0);
    for (let k = 0; k < slopes.length; k += 3) {
      const own = mlp.parameters[k]!;
      mlp.parameters[k] = own + 1e-5;
      const above = weighted();
      mlp.parameters[k] = own - 1e-5;
      const below = weighted();
      mlp.parameters[k] = own;
      expect(slopes[k]).toBeCloseTo((above - below) / 2e-5, 6);
    }
  });

  it("learns a function of its inputs and stops by groups that it does not train on", () => {
    const rows = Array.from({ length: 600 }, () => Float64Array.from({ length: 3 }, () => source.normal()));
    const target = (row: Float64Array) => Math.sin(row[0]!) + row[1]! * row[2]! * 0.5;
    const set = {
      inputs: rows,
      targets: Float64Array.from(rows, target),
      groups: Int32Array.from(rows, (_, i) => i % 12),
    };
    const options = { hidden: [24, 24], epochs: 120, rate: 8e-3, weightDecay: 1e-4, batch: 32, patience: 60 };
    const { mlp: trained, heldOutErrors } = trainMlp(set, options, 0.1, seededRandom(1));
    expect(heldOutErrors).toHaveLength(50);
    const mean = heldOutErrors.reduce((sum, error) => sum + Math.abs(error), 0) / heldOutErrors.length;
    expect(mean).toBeLessThan(0.12);
    expect(trainMlp(set, { ...options, epochs: 2 }, 0.1, seededRandom(1)).mlp).toEqual(
      trainMlp(set, { ...options, epochs: 2 }, 0.1, seededRandom(1)).mlp,
    );
    expect(trained.widths).toEqual([3, 24, 24, 1]);
  });
});
