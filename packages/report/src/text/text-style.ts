/** How lines look where they are read. */
export interface TextStyle {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly cyan: (text: string) => string;
  /** Characters that a line may take; no limit unless given. */
  readonly columns?: number | undefined;
}

/** No colours, lines as long as they come. */
export const plainStyle: TextStyle = { bold: same, dim: same, red: same, cyan: same };

function same(text: string): string {
  return text;
}
