/** A place where two data differ. */
export interface Difference {
  readonly path: string;
  readonly stored: unknown;
  readonly computed: unknown;
}

/** Whole numbers must be equal; others may differ by the rounding of another processor's logarithm, no more. */
const RELATIVE_TOLERANCE = 1e-12;

/** All places where stored data differs from what was computed anew, in the order of the computed. */
export function differences(stored: unknown, computed: unknown, path = ""): Difference[] {
  if (typeof stored === "number" && typeof computed === "number") {
    return sameNumber(stored, computed) ? [] : [{ path, stored, computed }];
  }
  if (!isContainer(stored) || !isContainer(computed) || Array.isArray(stored) !== Array.isArray(computed)) {
    return Object.is(stored, computed) ? [] : [{ path, stored, computed }];
  }
  const keys = new Set([...Object.keys(computed), ...Object.keys(stored)]);
  return [...keys].flatMap((key) => {
    const inner = Array.isArray(computed) ? `${path}[${key}]` : `${path}${path === "" ? "" : "."}${key}`;
    return differences(stored[key], computed[key], inner);
  });
}

function sameNumber(a: number, b: number): boolean {
  if (Number.isInteger(a) && Number.isInteger(b)) return a === b;
  return Math.abs(a - b) <= RELATIVE_TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
