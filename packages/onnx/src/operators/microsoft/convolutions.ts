import { convolution } from "../kinds/convolution.js";

export const FusedConv = convolution(1);
