/** Predictions of points seen lately, each found by everything that it depends on. */
export interface PredictionMemo {
  /** Writes the prediction of a point to `found`; false if it is not known (any more). */
  find(point: Float64Array): boolean;
  /** Log cycles, their deviation, and the fade, as last found. */
  readonly found: Float64Array;
  store(point: Float64Array, logCycles: number, deviation: number, fade: number): void;
}

const SLOTS = 1024;
const VALUES = 3;

/**
 * A memo of 1,024 slots, one for every hash: a newer point takes an older one's place. A search that moves factors
 * about and tries loop orders comes back to the same tiles nine times out of ten.
 *
 * @param size Numbers of a point that count; what stands behind them is passed over.
 */
export function predictionMemo(size: number): PredictionMemo {
  const found = new Float64Array(VALUES);
  const bits = new Int32Array(2 * size);
  const numbers = new Float64Array(bits.buffer);
  const width = size + VALUES;
  // NaN differs from every number: an empty slot holds no point.
  let table: Float64Array | null = null;

  /** FNV-1a over the bits. */
  const slotOf = (point: Float64Array) => {
    for (let i = 0; i < size; i++) numbers[i] = point[i]!;
    let hash = 0x811c9dc5;
    for (let i = 0; i < bits.length; i++) hash = Math.imul(hash ^ bits[i]!, 0x01000193);
    // The last factors of a product move its high bits only.
    return (((hash >>> 20) ^ (hash >>> 10) ^ hash) & (SLOTS - 1)) * width;
  };

  return {
    found,
    find(point) {
      if (table === null) return false;
      const slot = slotOf(point);
      for (let i = 0; i < size; i++) if (table[slot + i] !== point[i]) return false;
      for (let k = 0; k < VALUES; k++) found[k] = table[slot + size + k]!;
      return true;
    },
    store(point, logCycles, deviation, fade) {
      table ??= new Float64Array(SLOTS * width).fill(Number.NaN);
      const slot = slotOf(point);
      for (let i = 0; i < size; i++) table[slot + i] = point[i]!;
      table[slot + size] = logCycles;
      table[slot + size + 1] = deviation;
      table[slot + size + 2] = fade;
    },
  };
}
