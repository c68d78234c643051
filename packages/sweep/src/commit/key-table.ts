/** Keys as a sweep has them: SHA-256 in hexadecimal. */
export const KEY_PATTERN = /^[0-9a-f]{64}$/;

const BYTES = 32;
const NONE = -1;

/** A set of keys, each with its place in their order; at most 80 bytes a key. */
export interface KeyTable {
  readonly size: number;
  /** Place of a key; -1 of one that is not there. */
  indexOf(key: string): number;
  /** The key at a place. */
  keyAt(index: number): string;
}

/** A table that keys are added to. */
export interface GrowingKeyTable extends KeyTable {
  /**
   * Adds a key behind all others. @returns Whether it is new; one that is there stays where it is. @throws RangeError
   * for what is no key.
   */
  add(key: string): boolean;
}

/** @param keys SHA-256 in hexadecimal, each once. @throws RangeError for one that is none, or is there twice. */
export function keyTable(keys: Iterable<string>): KeyTable {
  const table = growingKeyTable();
  for (const key of keys) if (!table.add(key)) throw new RangeError(`key ${key} is there twice`);
  return table;
}

/** A table without keys. */
export function growingKeyTable(): GrowingKeyTable {
  let size = 0;
  let bytes = new Uint8Array(BYTES * 512);
  // Places of keys, where their first digits lead or at the next free slot: hashes are spread evenly by themselves.
  let slots = new Int32Array(1024).fill(NONE);
  const wanted = new Uint8Array(BYTES);
  /** The slot that has a key, or would. */
  const slotOf = (own: Uint8Array): number => {
    let slot = new DataView(own.buffer, own.byteOffset).getUint32(0) & (slots.length - 1);
    while (slots[slot] !== NONE && !isAt(slots[slot]!, own)) slot = (slot + 1) & (slots.length - 1);
    return slot;
  };
  const keyBytes = (index: number) => bytes.subarray(index * BYTES, (index + 1) * BYTES);
  const isAt = (index: number, own: Uint8Array) => {
    const from = index * BYTES;
    for (let i = 0; i < BYTES; i++) if (bytes[from + i] !== own[i]) return false;
    return true;
  };
  const grow = () => {
    const more = new Uint8Array(bytes.length * 2);
    more.set(bytes);
    bytes = more;
    slots = new Int32Array(slots.length * 2).fill(NONE);
    for (let index = 0; index < size; index++) slots[slotOf(keyBytes(index))] = index;
  };
  return {
    get size() {
      return size;
    },
    add(key) {
      if (!KEY_PATTERN.test(key)) throw new RangeError(`${JSON.stringify(key.slice(0, 80))} is no key`);
      if (slots[slotOf(put(wanted, key))] !== NONE) return false;
      if (2 * (size + 1) > slots.length) grow();
      bytes.set(wanted, size * BYTES);
      slots[slotOf(wanted)] = size++;
      return true;
    },
    indexOf: (key) => (KEY_PATTERN.test(key) ? slots[slotOf(put(wanted, key))]! : -1),
    keyAt: (index) => Array.from(keyBytes(index), (byte) => byte.toString(16).padStart(2, "0")).join(""),
  };
}

function put(bytes: Uint8Array, key: string): Uint8Array {
  for (let i = 0; i < BYTES; i++) bytes[i] = Number.parseInt(key.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}
