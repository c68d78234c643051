import { percent, quantity, whole } from "../numbers/number-format.js";
import { proofSpace } from "../run/proof-space.js";
import { objectiveTitle, type RunObjective } from "../run/run-objective.js";
import { plainTable } from "../tables/plain-table.js";
import type { Column, Table } from "../tables/table.js";
import { numbers } from "../tables/table.js";
import { title } from "../terminal/result-table.js";
import type { TextStyle } from "../text/text-style.js";
import { wrapped } from "../text/wrapped.js";
import type { FrontResult, FrontSearch } from "./front.js";
import { kneeOf } from "./knee.js";

/** One line about a search that has ended. */
export function searchLine(
  { name, limitMm2, design }: Omit<FrontSearch, "best">,
  points: number,
  objective: RunObjective["name"],
): string {
  const limit = limitMm2 === null ? "any area" : `at most ${limitMm2} mm2`;
  const what =
    design === null
      ? "nothing was found"
      : `${quantity(design.areaMm2)} mm2, ${objectiveTitle(objective)} ${quantity(design.value)}`;
  return `search ${Number(name)} of ${points}: ${limit}: ${what}`;
}

/** The front as rows, from the largest area to the smallest: for terminals and for pages. */
export function frontRows(front: FrontResult): Table {
  const sizes = Object.keys(front.smallest.hardware);
  const proven = isProven(front);
  const best = Math.min(...front.searches.map(({ design }) => design?.value ?? Number.POSITIVE_INFINITY));
  const named = objectiveTitle(front.objective.name);
  const columns: Column[] = [
    ...[{ title: "search" }, numbers("limit, mm2"), numbers("area, mm2")],
    ...[numbers(`${named}, ${front.unit}`), numbers("of the least")],
    ...(front.objective.name === "edp" ? [] : [numbers("EDP, uJ x cycles")]),
    ...[numbers("energy, uJ"), numbers("latency, cycles")].filter(({ title }) => !title.startsWith(named)),
    ...sizes.map((size) => numbers(size)),
    ...(proven ? [numbers("proof")] : []),
    { title: "on the front" },
  ];
  const knee = kneeOf(front);
  const rows = byArea(front.searches).map((search) => {
    const { name, limitMm2, design } = search;
    const limit = limitMm2 === null ? "none" : String(limitMm2);
    if (design === null) return [name, limit, ...columns.slice(3).map(() => ""), "nothing found"];
    const { energyUj, latencyCycles, edp } = design;
    const others = {
      edp: [energyUj, latencyCycles],
      energy: [edp, latencyCycles],
      latency: [edp, energyUj],
      edap: [],
      area: [],
    };
    return [
      ...[name, limit, quantity(design.areaMm2), quantity(design.value), `${(design.value / best).toFixed(3)} x`],
      ...others[front.objective.name].map(quantity),
      ...sizes.map((size) => whole(design.hardware[size]!)),
      ...(proven ? [proof(search)] : []),
      search.name === knee ? "yes: the knee" : place(front, search),
    ];
  });
  return { columns, rows };
}

/** Whether something is proven of any of its designs. */
export function isProven({ searches }: FrontResult): boolean {
  return searches.some(({ lowerBound }) => lowerBound !== undefined);
}

/** From the largest limit to the smallest. */
export function byArea(searches: readonly FrontSearch[]): FrontSearch[] {
  const limit = ({ limitMm2 }: FrontSearch) => limitMm2 ?? Number.MAX_VALUE;
  return [...searches].sort((a, b) => limit(b) - limit(a));
}

function proof({ design, lowerBound }: FrontSearch): string {
  if (lowerBound === undefined || design === null) return "";
  const gap = Math.max(0, design.value / lowerBound - 1);
  return gap < 1e-9 ? "optimum" : `within ${percent(gap)}`;
}

/** Whether a search's design is on the front, or which one takes its place. */
function place({ front, searches }: FrontResult, { name, best, design }: FrontSearch): string {
  if (front.includes(name)) return "yes";
  const equal = searches.find((other) => other.name === best)?.design?.value === design?.value;
  return equal ? `${best} is as good and smaller` : `${best} is better and smaller`;
}

/** A front for people. */
export function frontTable(
  front: FrontResult,
  { bold, dim, columns: width = Number.POSITIVE_INFINITY }: TextStyle,
): string {
  const table = frontRows(front);
  const isNarrow = plainTable(table.columns, table.rows)
    .split("\n")
    .some((line) => line.length > width);
  const blocks = (isNarrow ? narrowTables(front, table) : [table]).map(({ columns, rows }) => {
    const [head, ...body] = plainTable(columns, rows, width).split("\n");
    return ["", dim(head!), ...body];
  });
  const proof = isProven(front) ? ["", ...wrapped(`proven of ${proofSpace(front)}`, width)] : [];
  return [...wrapped(frontTitle(front), width).map(bold), ...blocks.flat(), ...proof, ""].join("\n");
}

/** Sizes below the figures, a line a search: for terminals on which they do not stand side by side. */
function narrowTables({ searches }: FrontResult, { columns, rows }: Table): Table[] {
  const sizes = new Set(searches.flatMap(({ design }) => Object.keys(design?.hardware ?? {})));
  const isFigure = columns.map(({ title }) => !sizes.has(title) && title !== "of the least");
  const keep = <T>(row: readonly T[]) => row.filter((_, c) => isFigure[c]);
  const hardware = byArea(searches).map(({ name, design }) => [
    name,
    Object.entries(design?.hardware ?? {})
      .map(([size, value]) => `${size} ${whole(value)}`)
      .join(", ") || "-",
  ]);
  return [
    { columns: keep(columns), rows: rows.map(keep) },
    { columns: [{ title: "search" }, { title: "hardware", wraps: true }], rows: hardware },
  ];
}

/** What was searched and how, in one line. */
export function frontTitle(front: FrontResult): string {
  const samples = front.searches.reduce((sum, own) => sum + own.samples, 0);
  const seconds = front.searches.reduce((sum, own) => sum + own.seconds, 0);
  const status = "finished" as const;
  return title({ ...front, samples, seconds, status });
}
