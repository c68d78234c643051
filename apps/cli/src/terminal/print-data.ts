/** In which form data is asked for; as text for people if in none. */
export interface OutputForm {
  /** One document. */
  readonly json?: boolean;
  /** A record on each line. */
  readonly jsonl?: boolean;
}

/** What a command has to say, in each form. */
export interface PrintedData {
  readonly document: () => unknown;
  readonly lines: () => readonly unknown[];
  /** With all its line breaks. */
  readonly text: () => string;
}

/** Prints data to standard output in the form that is asked for. */
export function printData({ json, jsonl }: OutputForm, { document, lines, text }: PrintedData): void {
  process.stdout.write(json ? jsonText(document()) : jsonl ? jsonLines(lines()) : text());
}

/** Data as a JSON document for people and programs. */
export function jsonText(data: unknown): string {
  return `${JSON.stringify(data, null, 2)}\n`;
}

/** Data as JSON Lines. */
export function jsonLines(records: readonly unknown[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join("");
}
