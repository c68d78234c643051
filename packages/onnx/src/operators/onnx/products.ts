import { gemm, matMul } from "../kinds/product.js";

export const MatMul = matMul(1);
export const MatMulInteger = matMul(1);
export const QLinearMatMul = matMul(3);
export const Gemm = gemm(1);
