import { type Layer, matmul } from "@loopnest/mapspace";
import type { Rule } from "../../operation/rule.js";

/**
 * A recurrent layer: the inputs of all steps times the input weights at once, and for each step the state times the
 * recurrent weights. Gates are then read, and states written.
 *
 * @param isTurned Whether the weights' rows are the inputs.
 */
export const recurrent =
  (gates: number, isTurned = false): Rule =>
  (operation) => {
    const shape = operation.knownShape(0, 3);
    const [directions, ...weights] = operation.knownShape(1, 3) as [number, number, number];
    const [rows, features] = (isTurned ? [...weights].reverse() : weights) as [number, number];
    const isBatchFirst = operation.int("layout", 0) === 1;
    const [steps, batch] = (isBatchFirst ? [shape[1], shape[0]] : shape) as [number, number];
    const hidden = operation.int("hidden_size", rows / gates);
    const isEmpty = steps * batch * features * hidden === 0;
    const part = (name: string, m: number, k: number, count: number): Layer[] =>
      isEmpty ? [] : [{ problem: matmul({ name, m, n: gates * hidden, k }), count }];
    const state = isBatchFirst ? [batch, directions, hidden] : [directions, batch, hidden];
    const sequence = isBatchFirst ? [batch, steps, directions, hidden] : [steps, directions, batch, hidden];
    const cells = directions * steps * batch * hidden;
    return {
      kind: "layers",
      outputs: operation.node.outputs.map((_, i) => operation.output(i === 0 ? sequence : state)),
      layers: [
        ...part(operation.name, steps * batch, features, directions),
        ...part(`${operation.name}-state`, batch, hidden, directions * steps),
      ],
      traffic: [
        { kind: `${operation.node.operator} gates`, wordsRead: 2 * gates * cells, wordsWritten: cells, count: 1 },
      ],
    };
  };
