/** A quantity for people: four significant digits, `6.290e10` from a million on, `12,345` below. */
export function quantity(value: number): string {
  if (value !== 0 && (Math.abs(value) >= 1e6 || Math.abs(value) < 1e-3)) {
    return value.toExponential(3).replace("e+", "e");
  }
  return value.toLocaleString("en-US", { maximumSignificantDigits: Math.abs(value) >= 1000 ? 6 : 4 });
}

/** A whole number with its thousands parted: `10,430`. */
export function whole(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

/** A number for an axis, thousands and their powers by letter: `0.5`, `200`, `2k`, `1.5M`. */
export function thousands(value: number): string {
  const power = value < 1000 ? 0 : Math.min(4, Math.floor(Math.log10(value) / 3 + 1e-9));
  return `${Number((value / 1000 ** power).toPrecision(3))}${["", "k", "M", "G", "T"][power]}`;
}

/** A share for people: `12.3 %`, and one digit of a share below 0.1 %: `0.03 %`. */
export function percent(share: number): string {
  const tiny = share > 0 && share < 0.001;
  return `${tiny ? Number((100 * share).toPrecision(1)) : (100 * share).toFixed(1)} %`;
}

/** A ratio for people: `0.82 x`, `36 x`. */
export function times(ratio: number): string {
  return `${ratio >= 100 ? Math.round(ratio) : Number(ratio.toPrecision(ratio >= 10 ? 3 : 2))} x`;
}

/** A time span for people: `0.4 s`, `12 s`, `3 min 20 s`, `2 h 05 min`. */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const rounded = Math.round(seconds);
  if (rounded < 60) return `${rounded} s`;
  const minutes = Math.floor(rounded / 60);
  if (minutes < 60) return `${minutes} min ${String(rounded % 60).padStart(2, "0")} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}
