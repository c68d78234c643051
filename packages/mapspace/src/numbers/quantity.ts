/**
 * Energies, areas, bandwidths and sizes lie between these, in pJ, um2 and words a cycle: far beyond any machine, and
 * near enough that no product of two totals leaves the range of doubles.
 */
export const LEAST_QUANTITY = 1e-30;
/** See `LEAST_QUANTITY`. */
export const GREATEST_QUANTITY = 1e30;

/** Whether a number is a quantity of a machine that is not 0. */
export function isQuantity(value: number): boolean {
  return value >= LEAST_QUANTITY && value <= GREATEST_QUANTITY;
}
