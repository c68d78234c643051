import { type Layer, matmul } from "@loopnest/mapspace";
import type { Operation } from "../../operation/operation.js";
import type { Outcome } from "../../operation/outcome.js";
import type { Rule } from "../../operation/rule.js";

/** A product of two stacks of matrices, with the sizes of the stacks broadcast. */
export interface MatrixProduct {
  readonly name: string;
  readonly left: { readonly stack: readonly number[]; readonly rows: number; readonly sum: number };
  readonly right: { readonly stack: readonly number[]; readonly sum: number; readonly columns: number };
}

/**
 * Matrix products as one loop nest.
 *
 * Where only the left operand has a stack, its matrices are rows of one larger matrix (a layer's weights times a batch
 * of tokens); where only the right one has, columns; where both have (attention), they are independent products.
 */
export function productLayer({ name, left, right }: MatrixProduct): Layer | null {
  const depth = Math.max(left.stack.length, right.stack.length);
  let [batch, m, n] = [1, left.rows, right.columns];
  for (let axis = 0; axis < depth; axis++) {
    const a = left.stack[axis - depth + left.stack.length] ?? 1;
    const b = right.stack[axis - depth + right.stack.length] ?? 1;
    if (b === 1) m *= a;
    else if (a === 1) n *= b;
    else batch *= a;
  }
  if (batch * m * n * left.sum === 0) return null;
  return { problem: matmul({ name, m, n, k: left.sum, ...(batch > 1 && { batch }) }), count: 1 };
}

/** An outcome of matrix products; those of no words (an empty cache, say) drop out. */
export function productOutcome(
  outputs: Outcome["outputs"],
  layers: readonly (Layer | null)[],
  rest: Partial<Outcome> = {},
): Outcome {
  return { kind: "layers", outputs, layers: layers.filter((layer) => layer !== null), ...rest };
}

/** @param rightAt Which input the right operand is. */
export const matMul =
  (rightAt: number): Rule =>
  (operation) => {
    const a = operation.knownShape(0);
    const b = operation.knownShape(rightAt);
    const rows =
      a.length === 1 ? [1, ...a] : turned(stackFirst(operation, "transBatchA", a), operation.int("transA", 0));
    const columns =
      b.length === 1 ? [...b, 1] : turned(stackFirst(operation, "transBatchB", b), operation.int("transB", 0));
    const [m, k] = rows.slice(-2) as [number, number];
    const [sum, n] = columns.slice(-2) as [number, number];
    checkSum(operation, k, sum);
    const stack = broadcastStacks(operation, rows.slice(0, -2), columns.slice(0, -2));
    const shape = [...stack, ...(a.length === 1 ? [] : [m]), ...(b.length === 1 ? [] : [n])];
    const left = { stack: rows.slice(0, -2), rows: m, sum };
    const right = { stack: columns.slice(0, -2), sum, columns: n };
    return productOutcome([operation.output(shape)], [productLayer({ name: operation.name, left, right })]);
  };

/** @param rightAt Which input the right operand is; both operands are matrices. */
export const gemm =
  (rightAt: number): Rule =>
  (operation) => {
    const [m, k] = turned(matrix(operation), operation.int("transA", 0)) as [number, number];
    const [sum, n] = turned(operation.knownShape(rightAt, 2), operation.int("transB", 0)) as [number, number];
    checkSum(operation, k, sum);
    const left = { stack: [], rows: m, sum };
    const right = { stack: [], sum, columns: n };
    return productOutcome([operation.output([m, n])], [productLayer({ name: operation.name, left, right })]);
  };

/** The left operand; before opset 7 the axes behind its first one were taken together. */
function matrix(operation: Operation): readonly number[] {
  if (operation.surroundings.opset >= 7) return operation.knownShape(0, 2);
  const [rows, ...rest] = operation.knownShape(0);
  return [rows ?? 1, rest.reduce((product, size) => product * size, 1)];
}

function turned(shape: readonly number[], isTurned: number): number[] {
  return isTurned === 0 ? [...shape] : [...shape.slice(0, -2), shape.at(-1)!, shape.at(-2)!];
}

/** `FusedMatMul` takes operands whose rows come before their stack: [rows, stack..., columns]. */
function stackFirst(operation: Operation, attribute: string, shape: readonly number[]): readonly number[] {
  if (operation.int(attribute, 0) === 0) return shape;
  return [...shape.slice(1, -1), shape[0]!, shape.at(-1)!];
}

function broadcastStacks(operation: Operation, a: readonly number[], b: readonly number[]): number[] {
  const depth = Math.max(a.length, b.length);
  return Array.from({ length: depth }, (_, axis) => {
    const own = a[axis - depth + a.length] ?? 1;
    const other = b[axis - depth + b.length] ?? 1;
    if (own === other || own === 1 || other === 1) return own === 1 ? other : own;
    return operation.fail(`stacks of ${own} and ${other} matrices`, "check the sizes given for the inputs");
  });
}

/** The columns of the left operand are the rows of the right one. */
export function checkSum(operation: Operation, k: number, sum: number): void {
  if (k === sum) return;
  operation.fail(`${k} columns times ${sum} rows`, "check the sizes given for the inputs");
}
