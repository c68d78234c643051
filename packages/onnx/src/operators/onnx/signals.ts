import type { Operation } from "../../operation/operation.js";
import type { Outcome } from "../../operation/outcome.js";
import type { Rule } from "../../operation/rule.js";
import type { Shape, Size } from "../../values/value.js";

/** Fourier transforms are no matrix products as they are computed, and arrays of multipliers do not run them. */
function transform(operation: Operation, shape: Shape | null): Outcome {
  const reason = "a Fourier transform: its words are counted, its arithmetic is not";
  return { kind: "movement", outputs: [operation.output(shape)], reason };
}

/** Of a real signal, half of the frequencies say all. */
function frequencies(operation: Operation, length: Size, onesided: number): Size {
  return length !== null && operation.int("onesided", onesided) === 1 ? Math.floor(length / 2) + 1 : length;
}

/** Real and imaginary parts stand in the last axis. */
export const DFT: Rule = (operation) => {
  const { shape } = operation.input(0);
  const given = operation.optional(2)?.data?.[0] ?? operation.int("axis", operation.optional(2) === null ? 1 : -2);
  const axis = operation.axis(given, shape!.length);
  const size = shape![axis]!;
  // Backwards from half of the frequencies: a real signal again.
  const isReal = operation.int("inverse", 0) === 1 && operation.int("onesided", 0) === 1;
  const whole = isReal ? (size === null ? null : 2 * (size - 1)) : size;
  const length = operation.optional(1) === null ? whole : (operation.input(1).data?.[0] ?? null);
  const own = isReal ? length : frequencies(operation, length, 0);
  const sizes = shape!.map((size, k) => (k === axis ? own : size));
  return transform(operation, [...sizes.slice(0, -1), isReal ? 1 : 2]);
};

/** Transforms of overlapping frames: [batch, frames, frequencies, 2]. */
export const STFT: Rule = (operation) => {
  const [batch, length] = operation.input(0).shape!;
  const step = operation.input(1).data?.[0] ?? null;
  const [windowLength] = operation.optional(2)?.shape ?? [];
  const frame = operation.optional(3)?.data?.[0] ?? windowLength ?? null;
  const isKnown = length != null && step !== null && frame !== null;
  const frames = isKnown ? Math.floor((length - frame) / step) + 1 : null;
  return transform(operation, [batch!, frames, frequencies(operation, frame, 1), 2]);
};

/** The weights of a window, by its length. */
export const HannWindow: Rule = (operation) => ({
  kind: "movement",
  outputs: [operation.output([operation.input(0).data?.[0] ?? null])],
  wordsRead: 0,
});

export const HammingWindow = HannWindow;
export const BlackmanWindow = HannWindow;

/** Weights from the frequencies of a transform to bins of the mel scale. */
export const MelWeightMatrix: Rule = (operation) => {
  const [bins, length] = [0, 1].map((i) => operation.input(i).data?.[0] ?? null) as [Size, Size];
  const sizes = [length === null ? null : Math.floor(length / 2) + 1, bins];
  return { kind: "movement", outputs: [operation.output(sizes)], wordsRead: 0 };
};
