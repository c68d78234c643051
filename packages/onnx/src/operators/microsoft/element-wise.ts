import { elementWise } from "../kinds/element-wise.js";

export const Gelu = elementWise();
export const QuickGelu = elementWise();
export const Trilu = elementWise();
export const BiasGelu = elementWise();
export const FastGelu = elementWise();
export const BiasAdd = elementWise();
