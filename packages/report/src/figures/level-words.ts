import type { TensorFigures } from "./figures.js";

/** Words of a level that pass its ports for a tensor, all instances together. */
export function movedLevelWords(tensor: TensorFigures): number {
  const { reads, updates, fills } = tensor.width?.levelWords ?? tensor;
  return reads + updates + fills;
}

/** Words of a level that the tile of a tensor takes in one instance. */
export function heldLevelWords(tensor: TensorFigures): number {
  return (tensor.width?.levelWords ?? tensor).utilizedCapacity;
}
