import { recurrent } from "../kinds/recurrent.js";

export const LSTM = recurrent(4);
export const GRU = recurrent(3);
export const RNN = recurrent(1);
