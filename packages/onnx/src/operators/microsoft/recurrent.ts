import { recurrent } from "../kinds/recurrent.js";

export const DynamicQuantizeLSTM = recurrent(4, true);
