import { sameShape } from "../kinds/same-shape.js";

export const Inverse = sameShape;
