/**
 * Points in the plane of latency and energy: the lower left corner of their convex hull, from least latency to least
 * energy.
 */
export interface LowerHull {
  readonly count: number;
  readonly latency: Float64Array;
  readonly energy: Float64Array;
  /** Which point of the input each vertex is. */
  readonly point: Int32Array;
  clear(): void;
  /** Takes the next point; points come by rising latency. */
  push(latency: number, energy: number, point: number): void;
}

/** A hull without points; it grows as they come. */
export function makeLowerHull(): LowerHull {
  let latency = new Float64Array(64);
  let energy = new Float64Array(64);
  let point = new Int32Array(64);
  let count = 0;
  return {
    get count() {
      return count;
    },
    get latency() {
      return latency;
    },
    get energy() {
      return energy;
    },
    get point() {
      return point;
    },
    clear() {
      count = 0;
    },
    push(l, e, p) {
      if (count > 0 && e >= energy[count - 1]!) return;
      if (count > 0 && l === latency[count - 1]) count--;
      // Energy falls ever more slowly along the hull: drop vertices above the line from the one before to the new
      // point.
      while (
        count > 1 &&
        (energy[count - 1]! - energy[count - 2]!) * (l - latency[count - 2]!) >=
          (e - energy[count - 2]!) * (latency[count - 1]! - latency[count - 2]!)
      ) {
        count--;
      }
      if (count === latency.length) {
        latency = doubled(latency, new Float64Array(2 * count));
        energy = doubled(energy, new Float64Array(2 * count));
        point = doubled(point, new Int32Array(2 * count));
      }
      latency[count] = l;
      energy[count] = e;
      point[count++] = p;
    },
  };
}

function doubled<T extends Float64Array | Int32Array>(list: T, larger: T): T {
  larger.set(list);
  return larger;
}
