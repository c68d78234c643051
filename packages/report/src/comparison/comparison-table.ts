import { duration, quantity, whole } from "../numbers/number-format.js";
import { plainTable } from "../tables/plain-table.js";
import type { Column } from "../tables/table.js";
import { numbers } from "../tables/table.js";
import { terminalText } from "../text/media.js";
import type { TextStyle } from "../text/text-style.js";
import { wrapped } from "../text/wrapped.js";
import type { Comparison, NetworkComparison, OverallRow, Reference, Row } from "./comparison.js";

/** A comparison for people: a table per network, then the means over all of them. */
export function comparisonTable(compared: Comparison, { bold, dim, columns: width }: TextStyle): string {
  const block = (title: string, table: string) => {
    const [head, ...body] = table.split("\n");
    return [...wrapped(title, width).map(bold), "", dim(head!), ...body, ""].join("\n");
  };
  const networks = compared.networks.map((network) =>
    block(networkTitle(compared, network), networkTable(compared, network, width)),
  );
  if (compared.networks.length === 1) return networks[0]!;
  return [...networks, block("geometric mean over the networks", overallTable(compared.overall, width))].join("\n");
}

/** What a network was searched on, and what its figures are measured against. */
function networkTitle({ target, unit }: Comparison, { workload, reference }: NetworkComparison): string {
  const found = reference === null ? "nothing that fits" : referenceText(reference, unit);
  return terminalText(`${workload} on ${target}: ${found}`);
}

/** "certified optimum 1.507e9 uJ x cycles (peDim 128, ...); proven of gemmini, ...". */
export function referenceText({ kind, value, lowerBound, hardware, space }: Reference, unit: string): string {
  const sizes = Object.entries(hardware).map(([name, size]) => `${name} ${size}`);
  const name = kind === "certified" ? "certified optimum" : "best known, not certified,";
  const bound = kind === "certified" || lowerBound === undefined ? "" : `; no design is below ${quantity(lowerBound)}`;
  const of = space === undefined ? "" : `; proven of ${space}`;
  return `${name} ${quantity(value)} ${unit}${sizes.length > 0 ? ` (${sizes.join(", ")})` : ""}${bound}${of}`;
}

/** The name of a row: a method, or a machine and how it was mapped. */
export function rowName({ method, machine, proved }: Pick<Row, "method" | "machine" | "proved">): string {
  if (machine === undefined) return method;
  if (proved === undefined) return `${machine}, as built`;
  return `${machine}, as built (${proved ? "best mappings, proved" : `mapped by ${method}`})`;
}

/** A quotient for people: `1.003`, `12.6`, `143`. */
export function quotient(value: number | null): string {
  if (value === null) return "-";
  return value < 10 ? value.toFixed(3) : value < 100 ? value.toFixed(1) : whole(value);
}

function networkTable(
  { networks }: Comparison,
  { methods, machines, reference }: NetworkComparison,
  width?: number,
): string {
  const columns: Column[] = [
    { title: "method" },
    numbers("median"),
    numbers("best"),
    numbers("worst"),
    numbers(reference?.kind === "certified" ? "/ optimum" : "/ best known"),
    ...(hasDescent(networks) ? [numbers("/ descent")] : []),
    numbers("samples"),
    numbers("seconds"),
    numbers("runs"),
  ];
  const rows = [...methods, ...machines].map((row) => {
    const { value, toReference, toDescent, samples, seconds, runs, failed } = row;
    return [
      rowName(row),
      ...(value === null ? ["-", "-", "-"] : [value.median, value.least, value.most].map(quantity)),
      quotient(toReference),
      ...(hasDescent(networks) ? [quotient(toDescent)] : []),
      whole(samples),
      duration(seconds),
      failed > 0 ? `${runs}, ${failed} without a design` : String(runs),
    ];
  });
  return plainTable(columns, rows, width);
}

function overallTable(overall: readonly OverallRow[], width?: number): string {
  const columns: Column[] = [{ title: "method" }, numbers("/ optimum or best known"), numbers("/ descent")];
  return plainTable(
    columns,
    overall.map((row) => [rowName(row), quotient(row.toReference), quotient(row.toDescent)]),
    width,
  );
}

function hasDescent(networks: readonly NetworkComparison[]): boolean {
  return networks.some(({ methods }) => methods.some(({ method }) => method === "descent"));
}
