/** How lines look where they are read. */
export interface TextStyle {
  /** Headings, and what matters most. */
  readonly bold: (text: string) => string;
  /** What is said in passing. */
  readonly dim: (text: string) => string;
  /** What does not fit, and what is wrong. */
  readonly red: (text: string) => string;
  /** Bars. */
  readonly cyan: (text: string) => string;
  /** Characters that a line may take; no limit unless given. */
  readonly columns?: number | undefined;
}

/** No colours, lines as long as they come. */
export const plainStyle: TextStyle = { bold: same, dim: same, red: same, cyan: same };

function same(text: string): string {
  return text;
}
