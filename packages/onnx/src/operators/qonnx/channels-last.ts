import { likeFirst } from "../kinds/element-wise.js";
import { globalPoolChannelsLast, poolChannelsLast } from "../kinds/pooling.js";

export const MaxPool = poolChannelsLast;
export const AveragePool = poolChannelsLast;
export const GlobalAveragePool = globalPoolChannelsLast;
export const GlobalMaxPool = globalPoolChannelsLast;
export const BatchNormalization = likeFirst;
