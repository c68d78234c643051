import type { Random } from "@loopnest/mapspace";

/** Numbers that sizes, counts and lengths break at. */
const EXTREME: readonly number[] = [0, 1, 0x7f, 0x80, 0xff, 0x7fff_ffff, 0xffff_ffff, 2 ** 53, 2 ** 63 - 2 ** 10];

/** A way to damage the bytes of a model. */
type Mutation = (bytes: Uint8Array, random: Random) => Uint8Array;

const flipBit: Mutation = (bytes, random) => {
  const copy = bytes.slice();
  copy[random.below(copy.length)]! ^= 1 << random.below(8);
  return copy;
};

const replaceByte: Mutation = (bytes, random) => {
  const copy = bytes.slice();
  copy[random.below(copy.length)] = random.below(256);
  return copy;
};

const truncate: Mutation = (bytes, random) => bytes.slice(0, random.below(bytes.length));

const leaveOut: Mutation = (bytes, random) => {
  const [from, length] = [random.below(bytes.length), 1 + random.below(16)];
  return joined(bytes.slice(0, from), bytes.slice(from + length));
};

const repeat: Mutation = (bytes, random) => {
  const [from, length] = [random.below(bytes.length), 1 + random.below(64)];
  return joined(bytes.slice(0, from + length), bytes.slice(from));
};

/** Two pieces change places: fields of one kind stand where another belongs. */
const swap: Mutation = (bytes, random) => {
  const [a, b] = [random.below(bytes.length), random.below(bytes.length)].sort((x, y) => x - y) as [number, number];
  const length = 1 + random.below(Math.max(1, Math.min(24, b - a)));
  const [first, second] = [bytes.slice(a, a + length), bytes.slice(b, b + length)];
  return joined(bytes.slice(0, a), second, bytes.slice(a + length, b), first, bytes.slice(b + length));
};

/** An extreme whole number where another stood. */
const extreme: Mutation = (bytes, random) => {
  const at = random.below(bytes.length);
  return joined(bytes.slice(0, at), varint(EXTREME[random.below(EXTREME.length)]!), bytes.slice(at + 1));
};

const MUTATIONS = [flipBit, replaceByte, truncate, leaveOut, repeat, swap, extreme] as const;

/** The bytes with one to four mutations. */
export function mutateModel(bytes: Uint8Array, random: Random): Uint8Array {
  let mutated = bytes;
  for (let left = 1 + random.below(4); left > 0 && mutated.length > 0; left--) {
    mutated = MUTATIONS[random.below(MUTATIONS.length)]!(mutated, random);
  }
  return mutated;
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt(value);
  do {
    bytes.push(Number(rest & 0x7fn) | (rest > 0x7fn ? 0x80 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return Uint8Array.from(bytes);
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
