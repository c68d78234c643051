/**
 * Partial mappings with what they cost so far, as rows of one growing table: entries that are all "less is better", the
 * label that a label came from, and what was done to it.
 */
export interface Labels {
  readonly width: number;
  readonly count: number;
  readonly entries: Float64Array;
  parent(label: number): number;
  action(label: number): number;
  /** Takes over `row`; returns the new label. */
  add(row: Float64Array, parent: number, action: number): number;
}

/** Labels that there is room for at first: most walks have few. */
const FIRST_COUNT = 32;

/** An empty table of rows of that width. */
export function makeLabels(width: number): Labels {
  let entries = new Float64Array(width * FIRST_COUNT);
  let parents = new Int32Array(FIRST_COUNT);
  let actions = new Float64Array(FIRST_COUNT);
  let count = 0;
  return {
    width,
    get count() {
      return count;
    },
    get entries() {
      return entries;
    },
    parent: (label) => parents[label]!,
    action: (label) => actions[label]!,
    add(row, parent, action) {
      if (count === parents.length) {
        entries = grown(entries, new Float64Array(2 * entries.length));
        parents = grown(parents, new Int32Array(2 * count));
        actions = grown(actions, new Float64Array(2 * count));
      }
      entries.set(row, count * width);
      parents[count] = parent;
      actions[count] = action;
      return count++;
    },
  };
}

function grown<T extends Float64Array | Int32Array>(list: T, larger: T): T {
  larger.set(list);
  return larger;
}

/**
 * Adds a row to labels of one state, unless one of them is nowhere worse; takes out those that it is nowhere worse
 * than.
 */
export function offerLabel(labels: Labels, bucket: number[], row: Float64Array, parent: number, action: number): void {
  const { width, entries } = labels;
  for (let k = bucket.length - 1; k >= 0; k--) {
    const at = bucket[k]! * width;
    let less = false;
    let more = false;
    for (let i = 0; i < width && !(less && more); i++) {
      const own = row[i]!;
      const other = entries[at + i]!;
      // Sums come about in different orders.
      if (own < other * (1 - ROUNDING)) less = true;
      else if (own > other * (1 + ROUNDING)) more = true;
    }
    if (!less) return;
    if (!more) {
      bucket[k] = bucket[bucket.length - 1]!;
      bucket.pop();
    }
  }
  bucket.push(labels.add(row, parent, action));
}

const ROUNDING = 1e-13;
