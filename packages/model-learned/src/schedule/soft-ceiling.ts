/** A value and its derivative. */
export interface Sloped {
  value: number;
  slope: number;
}

/** Width of the rise behind a whole number over which the smooth ceiling climbs to the next. */
const RISE = 0.25;

/**
 * How many passes a length of `x` arrays takes, at least 1.
 *
 * Exact: the ceiling of x (a hair below a whole number counts as that number). Smooth: equal to it at whole x and from
 * a quarter behind them on, with a smoothstep between: continuously differentiable, and flat where the ceiling is.
 */
export function passes(x: number, exact: boolean, out: Sloped): void {
  out.slope = 0;
  if (x <= 1) {
    out.value = 1;
    return;
  }
  if (exact) {
    out.value = Math.ceil(x - 1e-9);
    return;
  }
  const whole = Math.floor(x);
  const climb = (x - whole) / RISE;
  if (climb >= 1) {
    out.value = whole + 1;
    return;
  }
  out.value = whole + climb * climb * (3 - 2 * climb);
  out.slope = (6 * climb * (1 - climb)) / RISE;
}
