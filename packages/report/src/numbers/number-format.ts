import { format, formatLocale } from "d3-format";

// As `toLocaleString("en-US")` writes numbers, which takes a browser as long as all else before its first screen.
const { format: written } = formatLocale({
  decimal: ".",
  thousands: ",",
  grouping: [3],
  currency: ["", ""],
  minus: "-",
});
const small = written(",.4~r");
const large = written(",.6~r");
const integer = written(",d");

/**
 * A quantity for people: four significant digits, `6.290e10` from a million on, `12,345` and `0.000512` below,
 * `1.200e-5` below 1e-4.
 */
export function quantity(value: number): string {
  if (value !== 0 && (Math.abs(value) >= 1e6 || Math.abs(value) < 1e-4)) {
    return value.toExponential(3).replace("e+", "e");
  }
  if (!Number.isFinite(value)) return value.toLocaleString("en-US");
  return Math.abs(value) >= 1000 ? large(value) : small(value);
}

/** A whole number with its thousands parted: `10,430`. */
export function whole(value: number): string {
  return Number.isFinite(value) ? integer(value) : value.toLocaleString("en-US");
}

const plain = format(".3~r");
const prefixed = format(".3~s");

/** A number for an axis, thousands and their powers by letter: `0.5`, `200`, `2k`, `1.5M`. */
export function thousands(value: number): string {
  return value < 1 ? plain(value) : prefixed(value);
}

/** A share for people: `12.3 %`, and one digit of a share below 0.1 %: `0.03 %`. */
export function percent(share: number): string {
  const tiny = share > 0 && share < 0.001;
  return `${tiny ? Number((100 * share).toPrecision(1)) : (100 * share).toFixed(1)} %`;
}

/** A ratio for people: `0.825 x`, `1.03 x`, `36.1 x`, `1,235 x`, `2.848e9 x` from a million on. */
export function times(ratio: number): string {
  if (ratio >= 1e6) return `${quantity(ratio)} x`;
  return `${ratio >= 1000 ? whole(ratio) : Number(ratio.toPrecision(3))} x`;
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
