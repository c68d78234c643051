import { convolution } from "../kinds/convolution.js";

/** Input and output have their channels last, filters stand as in ONNX. */
export const Conv = convolution({ isChannelsLast: true });
