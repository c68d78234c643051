/** A column of a table. */
export interface Column {
  readonly title: string;
  /** Numbers stand to the right. */
  readonly align?: "left" | "right";
  /** The column that gives way where the table is wider than the terminal. */
  readonly wraps?: boolean;
}

/** A cell: plain text, perhaps with where it leads to on a page: `#layer-3`, `searches/01/report.html`. */
export type Cell = string | { readonly text: string; readonly to: string };

/** A table as data: for terminals, pages and Markdown. */
export interface Table {
  readonly columns: readonly Column[];
  /** As many cells as columns in each. */
  readonly rows: readonly (readonly Cell[])[];
}

/** A column of numbers. */
export function numbers(title: string): Column {
  return { title, align: "right" };
}

/** What a cell says, wherever it leads. */
export function cellText(cell: Cell): string {
  return typeof cell === "string" ? cell : cell.text;
}
