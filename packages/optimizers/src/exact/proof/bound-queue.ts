/** Items by their bounds, the least first. */
export interface BoundQueue<T> {
  readonly size: number;
  /** Bound of the first item, `Infinity` if there is none. */
  readonly least: number;
  push(bound: number, item: T): void;
  pop(): T | undefined;
}

/** A binary heap. */
export function makeBoundQueue<T>(): BoundQueue<T> {
  const heap: { readonly bound: number; readonly item: T }[] = [];
  const swap = (i: number, j: number) => {
    [heap[i], heap[j]] = [heap[j]!, heap[i]!];
  };
  const less = (i: number, j: number) => heap[i]!.bound < heap[j]!.bound;
  return {
    get size() {
      return heap.length;
    },
    get least() {
      return heap[0]?.bound ?? Number.POSITIVE_INFINITY;
    },
    push(bound, item) {
      heap.push({ bound, item });
      for (let i = heap.length - 1; i > 0 && less(i, (i - 1) >> 1); i = (i - 1) >> 1) swap(i, (i - 1) >> 1);
    },
    pop() {
      const first = heap[0];
      const last = heap.pop();
      if (first === undefined || last === undefined || heap.length === 0) return first?.item;
      heap[0] = last;
      for (let i = 0; ; ) {
        let least = i;
        for (const child of [2 * i + 1, 2 * i + 2]) if (child < heap.length && less(child, least)) least = child;
        if (least === i) return first.item;
        swap(i, least);
        i = least;
      }
    },
  };
}
