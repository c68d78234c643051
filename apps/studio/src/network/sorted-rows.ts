import type { NetworkRow } from "./network-rows.js";

/** A column that rows can be sorted by. */
export type SortKey = Exclude<keyof NetworkRow, "layer" | "warning">;

/** Which rows, in which order. */
export interface RowChoice {
  readonly sort: SortKey | null;
  readonly descending: boolean;
  readonly kind: string | null;
  readonly search: string;
}

export const everyRow: RowChoice = { sort: null, descending: false, kind: null, search: "" };

/** The rows that a choice leaves, in its order; equal ones as they stood. */
export function chosenRows(rows: readonly NetworkRow[], { sort, descending, kind, search }: RowChoice): NetworkRow[] {
  const wanted = search.trim().toLowerCase().split(/\s+/);
  const left = rows.filter((row) => {
    const text = `${row.name} ${row.kind} ${row.shape}`.toLowerCase();
    return (kind === null || row.kind === kind) && wanted.every((word) => text.includes(word));
  });
  if (sort === null) return left;
  const sign = descending ? -1 : 1;
  return left.sort((a, b) => {
    const [x, y] = [a[sort], b[sort]];
    return sign * (typeof x === "string" ? x.localeCompare(String(y)) : x - Number(y));
  });
}

/**
 * The choice after a click on a column: numbers begin with the largest, words with the first; then the other way; then
 * none.
 */
export function sortedBy(choice: RowChoice, sort: SortKey): RowChoice {
  const first = !["name", "kind", "shape"].includes(sort);
  if (choice.sort !== sort) return { ...choice, sort, descending: first };
  if (choice.descending === first) return { ...choice, descending: !first };
  return { ...choice, sort: null, descending: false };
}
