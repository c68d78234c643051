import { matMul } from "../kinds/product.js";

/** Products of words of one bit, counted as multiply-accumulates. */
export const XnorPopcountMatMul = matMul(1);
