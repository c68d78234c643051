import { useEffect, useState } from "preact/hooks";

/** Something that was worked out, and whether it is of the inputs of now or still of those before. */
export interface Later<T> {
  readonly value: T;
  readonly current: boolean;
}

/**
 * Something that may come a frame later than what it is of: it is worked out after the picture with the new counts has
 * been shown, and once for inputs that follow each other faster than that.
 *
 * @param inputs What it depends on.
 * @returns `null` until the first is there.
 */
export function useAfterFrame<T>(work: () => T, inputs: readonly unknown[]): Later<T> | null {
  const [found, setFound] = useState<{ readonly value: T; readonly of: readonly unknown[] } | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => setFound({ value: work(), of: inputs }));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, inputs);
  if (found === null) return null;
  return { value: found.value, current: found.of.every((input, i) => input === inputs[i]) };
}
