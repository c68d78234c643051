import { sameShape } from "../kinds/same-shape.js";

export const CumSum = sameShape;
export const ReverseSequence = sameShape;
