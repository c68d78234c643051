import type { Rule } from "../../operation/rule.js";
import { checkSum, gemm, matMul, productLayer, productOutcome } from "../kinds/product.js";

export const FusedMatMul = matMul(1);
export const TransposeMatMul = matMul(1);
export const DynamicQuantizeMatMul = matMul(1);
export const MatMulIntegerToFloat = matMul(1);
export const FusedGemm = gemm(1);
export const QGemm = gemm(3);

/** Weights in blocks of few bits: the sizes of the right operand stand in the attributes. */
export const MatMulNBits: Rule = (operation) => {
  const shape = operation.knownShape(0);
  const [k, n] = [operation.int("K", 0), operation.int("N", 0)];
  checkSum(operation, shape.at(-1)!, k);
  const left = { stack: shape.slice(0, -2), rows: shape.at(-2) ?? 1, sum: k };
  const right = { stack: [], sum: k, columns: n };
  return productOutcome(
    [operation.output([...shape.slice(0, -1), n])],
    [productLayer({ name: operation.name, left, right })],
  );
};

export const MatMulBnb4 = MatMulNBits;
