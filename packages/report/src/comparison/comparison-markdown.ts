import { duration, quantity, whole } from "../numbers/number-format.js";
import { markdownTable } from "../tables/markdown-table.js";
import { numbers } from "../tables/table.js";
import type { Comparison, NetworkComparison, Row } from "./comparison.js";
import { quotient, rowName } from "./comparison-table.js";

/**
 * What DOSA's paper has for DOSA's descent against its baselines, at equal samples (Hong et al., MICRO 2023, abstract).
 */
const DOSA_QUOTIENTS: Readonly<Record<string, number>> = { "random-dosa": 2.8, "bayesian-dosa": 12.59 };

/** A comparison as Markdown tables, to be pasted into a page: optima, quotients, and what they cost. */
export function comparisonMarkdown(compared: Comparison): string {
  const { target, energyTable, samples, seeds, unit } = compared;
  return `On ${target} with ${energyTable} energies, ${whole(samples)} samples, seeds 1 to ${seeds}. Median over seeds
(best to worst), as multiples of the certified optimum, or of the best known where none is certified (*); last columns:
geometric means over the networks.

${quotientTable(compared)}

What the multiples are of, in ${unit}, and the hardware it takes:

${referenceTable(compared)}
${spaces(compared)}
Seconds of one thread per run, median, and samples spent:

${costTable(compared)}
${againstDosa(compared)}`;
}

function quotientTable({ networks, overall }: Comparison): string {
  const heads = networks.map(({ workload, reference }) => `${workload}${reference?.kind === "certified" ? "" : " *"}`);
  const names = namesOf(networks);
  const rows = names.map((name, i) => {
    const cells = networks.map((network) => quotientCell(network, name));
    return [name, ...cells, quotient(overall[i]!.toReference), quotient(overall[i]!.toDescent)];
  });
  return table(["method", ...heads, "all", "all / descent"], rows);
}

function quotientCell(network: NetworkComparison, name: string): string {
  const row = find(network, name);
  if (row?.value == null || network.reference === null) return "-";
  const over = (value: number) => quotient(value / network.reference!.value);
  const { median, least, most } = row.value;
  return row.runs === 1 ? over(median) : `${over(median)} (${over(least)} to ${over(most)})`;
}

function referenceTable({ networks }: Comparison): string {
  const rows = networks.flatMap(({ workload, reference }) => {
    if (reference === null) return [];
    const { kind, value, lowerBound, hardware, seconds } = reference;
    const proof = kind === "certified" ? "certified" : "best known";
    const sizes = Object.entries(hardware).map(([name, size]) => `${name} ${size}`);
    return [
      [
        ...[workload, value.toExponential(5).replace("e+", "e"), proof],
        lowerBound === undefined ? "-" : lowerBound.toExponential(5).replace("e+", "e"),
        ...[sizes.join(", "), seconds === undefined ? "-" : duration(seconds)],
      ],
    ];
  });
  return table(["network", "value", "proof", "lower bound", "hardware", "exact search"], rows);
}

/** Of what the proofs are; nothing where nothing is proven. */
function spaces({ networks }: Comparison): string {
  const all = new Set(networks.flatMap(({ reference }) => reference?.space ?? []));
  return all.size === 0 ? "" : `\nProven of ${[...all].join("; or of ")}.\n`;
}

function costTable({ networks }: Comparison): string {
  const rows = namesOf(networks).map((name) => [
    name,
    ...networks.map((network) => {
      const row = find(network, name);
      return row === undefined ? "-" : `${quantity(Number(row.seconds.toPrecision(2)))} s, ${whole(row.samples)}`;
    }),
  ]);
  return table(["method", ...networks.map(({ workload }) => workload)], rows);
}

/** Ours beside DOSA's, where both can be told. */
function againstDosa({ overall, objective }: Comparison): string {
  if (objective.name !== "edp") return "";
  const rows = overall.flatMap(({ method, machine, toReference, toDescent }) => {
    const theirs = machine === undefined ? DOSA_QUOTIENTS[method] : undefined;
    if (theirs === undefined) return [];
    return [[method, quotient(toDescent), quotient(toReference), String(theirs)]];
  });
  if (rows.length === 0) return "";
  const beside = table(["method", "/ our descent", "/ optimum: most that anything can win", "/ DOSA, its paper"], rows);
  return `\nBeside DOSA's own figures (geometric means):\n\n${beside}\n`;
}

/** Names of all rows, in the order of `overall`: methods, then machines. */
function namesOf(networks: readonly NetworkComparison[]): string[] {
  const names = (kind: "methods" | "machines") => networks.flatMap((network) => network[kind].map(shortName));
  return [...new Set([...names("methods"), ...names("machines")])];
}

function find({ methods, machines }: NetworkComparison, name: string): Row | undefined {
  return [...methods, ...machines].find((row) => shortName(row) === name);
}

/** Without how a machine was mapped, which may differ from network to network. */
function shortName({ method, machine }: Row): string {
  return rowName({ method, ...(machine !== undefined && { machine }) });
}

/** A column of names, then numbers. */
function table([name, ...titles]: readonly string[], rows: readonly (readonly string[])[]): string {
  return markdownTable([{ title: name! }, ...titles.map(numbers)], rows);
}
