import { firstIndex } from "@loopnest/mapspace";

/** Keys as a sweep has them: SHA-256 in hexadecimal. */
export const KEY_PATTERN = /^[0-9a-f]{64}$/;

const BYTES = 32;

/** A set of keys, each with its place in their order; 36 bytes a key. */
export interface KeyTable {
  readonly size: number;
  /** Place of a key; -1 of one that is not there. */
  indexOf(key: string): number;
  /** The key at a place. */
  keyAt(index: number): string;
}

/** @param keys SHA-256 in hexadecimal, each once. @throws RangeError for one that is none, or is there twice. */
export function keyTable(keys: Iterable<string>): KeyTable {
  let bytes = new Uint8Array(BYTES * 1024);
  let size = 0;
  for (const key of keys) {
    if (!KEY_PATTERN.test(key)) throw new RangeError(`${JSON.stringify(key.slice(0, 80))} is no key`);
    if ((size + 1) * BYTES > bytes.length) {
      const more = new Uint8Array(bytes.length * 2);
      more.set(bytes);
      bytes = more;
    }
    put(bytes, size++, key);
  }
  const order = new Uint32Array(size).map((_, i) => i);
  order.sort((a, b) => compare(bytes, a, bytes, b));
  const twice = order.findIndex((index, i) => i > 0 && compare(bytes, order[i - 1]!, bytes, index) === 0);
  const keyAt = (index: number) => {
    const own = bytes.subarray(index * BYTES, (index + 1) * BYTES);
    return Array.from(own, (byte) => byte.toString(16).padStart(2, "0")).join("");
  };
  if (twice >= 0) throw new RangeError(`key ${keyAt(order[twice]!)} is there twice`);
  const wanted = new Uint8Array(BYTES);
  return {
    size,
    keyAt,
    indexOf(key) {
      if (!KEY_PATTERN.test(key)) return -1;
      put(wanted, 0, key);
      const at = firstIndex(size, (i) => compare(bytes, order[i]!, wanted, 0) >= 0);
      return at < size && compare(bytes, order[at]!, wanted, 0) === 0 ? order[at]! : -1;
    },
  };
}

function put(bytes: Uint8Array, index: number, key: string): void {
  for (let i = 0; i < BYTES; i++) bytes[index * BYTES + i] = Number.parseInt(key.slice(2 * i, 2 * i + 2), 16);
}

function compare(a: Uint8Array, i: number, b: Uint8Array, j: number): number {
  for (let byte = 0; byte < BYTES; byte++) {
    const difference = a[i * BYTES + byte]! - b[j * BYTES + byte]!;
    if (difference !== 0) return difference;
  }
  return 0;
}
