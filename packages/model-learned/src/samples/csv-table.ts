import { LoopnestError } from "@loopnest/mapspace";

/** A line of a table: its number in the file, counted from 1, and its cells by column name. */
export interface CsvRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/**
 * Reads comma-separated values with a header line (RFC 4180: cells may stand in double quotes, in which "" is one
 * quote, commas are text and lines may break). Empty lines are passed over.
 *
 * @throws LoopnestError `input` with its line for a row of another length than the header, two columns of one name, or
 * a quote that does not end.
 */
export function csvTable(text: string, file?: string): CsvRow[] {
  const lines = csvLines(text, file);
  const header = lines.shift();
  if (header === undefined) return [];
  const names = header.cells.map((name) => name.trim());
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw fault(`there are two columns ${twice}`, "name every column once", header.line, file);
  return lines.map(({ line, cells }) => {
    if (cells.length === header.cells.length) {
      return { line, cells: Object.fromEntries(names.map((name, i) => [name, cells[i]!.trim()])) };
    }
    throw fault(`${cells.length} cells, the header has ${header.cells.length}`, "give every column a cell", line, file);
  });
}

function csvLines(text: string, file: string | undefined): { line: number; cells: string[] }[] {
  const lines: { line: number; cells: string[] }[] = [];
  let cells: string[] = [];
  let cell = "";
  let quoted = false;
  let line = 1;
  let start = 1;
  const endLine = () => {
    cells.push(cell);
    if (cells.length > 1 || cell.trim() !== "") lines.push({ line: start, cells });
    cells = [];
    cell = "";
    start = line + 1;
  };
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (quoted) {
      if (character !== '"') cell += character;
      else if (text[i + 1] === '"') cell += text[++i]!;
      else quoted = false;
    } else if (character === '"' && cell === "") quoted = true;
    else if (character === ",") {
      cells.push(cell);
      cell = "";
    } else if (character === "\n") endLine();
    else if (character !== "\r") cell += character;
    if (character === "\n") line++;
  }
  if (quoted) throw fault("a quote does not end", 'close it with "', start, file);
  if (cell !== "" || cells.length > 0) endLine();
  return lines;
}

function fault(problem: string, fix: string, line: number, file: string | undefined): LoopnestError {
  const position = { line, column: 1, ...(file === undefined ? {} : { file }) };
  return new LoopnestError({ code: "input", problem, fix, position });
}
