import type { SweepRow } from "./sweep-row.js";

/** A value of a table; nothing stands for what is not known. */
export type CellValue = string | number | null;

/** A column of a sweep's table. Units are in its name. */
export interface ResultColumn {
  readonly name: string;
  readonly type: "text" | "whole" | "number";
  /** Its value in a row. */
  readonly of: (row: SweepRow) => CellValue;
}

type Found = Extract<SweepRow["figures"], { status: "found" }>;

/**
 * Columns of a sweep's table: what was searched, then what was found, in SI units; hardware sizes last. @param sizes
 * Their names.
 */
export function resultColumns(sizes: readonly string[]): ResultColumn[] {
  return [
    whole("number", ({ number }) => number),
    text("key", ({ key }) => key),
    text("status", ({ figures }) => figures.status),
    text("workload", ({ names }) => names.workload),
    text("target", ({ names }) => names.target),
    text("energy_table", ({ names }) => names.energyTable),
    text("objective", ({ point }) => point.objective ?? null),
    text("method", ({ point }) => point.method ?? null),
    whole("seed", ({ point }) => point.seed ?? null),
    number("limit_area_mm2", ({ point }) => point.maxAreaMm2 ?? null),
    number("limit_latency_cycles", ({ point }) => point.maxLatencyCycles ?? null),
    number("limit_energy_J", ({ point }) => times(1e-6, point.maxEnergyUj ?? null)),
    number("limit_edp_uJ_cycles", ({ point }) => point.maxEdp ?? null),
    number("within_share", ({ point }) => point.within ?? null),
    text("options", optionsText),
    number("samples", ({ figures }) => ("samples" in figures ? figures.samples : null)),
    found("value", ({ value }) => value),
    text("value_unit", ({ figures }) => (figures.status === "found" ? figures.unit : null)),
    found("lower_bound", ({ lowerBound }) => lowerBound ?? null),
    found("energy_J", ({ energyUj }) => energyUj * 1e-6),
    found("latency_cycles", ({ latencyCycles }) => latencyCycles),
    found("latency_s", secondsOf),
    found("edp_uJ_cycles", ({ edp }) => edp),
    found("edp_J_s", (figures) => times(figures.energyUj * 1e-6, secondsOf(figures))),
    found("power_W", (figures) => over(figures.energyUj * 1e-6, secondsOf(figures))),
    found("area_mm2", ({ areaMm2 }) => areaMm2),
    found("macs", ({ macs }) => macs),
    found("utilization", ({ utilization }) => utilization),
    ...sizes.map((size) => found(`size_${size}`, ({ hardware }) => hardware[size] ?? null)),
    text("error", ({ figures }) => (figures.status === "failed" ? figures.error : null)),
  ];
}

/** Fields of a point that have a column of their own. */
const OWN_COLUMN = new Set([
  ...["workload", "target", "energyTable", "objective", "method", "seed"],
  ...["maxAreaMm2", "maxLatencyCycles", "maxEnergyUj", "maxEdp", "within"],
]);

/** Everything else that a point says: `samples=1000 fix.peDim=16`. */
function optionsText({ point }: SweepRow): string {
  return Object.entries(point)
    .filter(([field, value]) => !OWN_COLUMN.has(field) && value !== undefined && value !== null)
    .flatMap(([field, value]) =>
      typeof value === "object"
        ? Object.entries(value).map(([name, size]) => `${field}.${name}=${size}`)
        : [`${field}=${value}`],
    )
    .join(" ");
}

function secondsOf({ latencyCycles, clockMhz }: Found): number | null {
  return clockMhz === undefined ? null : latencyCycles / (clockMhz * 1e6);
}

function times(a: number, b: number | null): number | null {
  return b === null ? null : a * b;
}

function over(a: number, b: number | null): number | null {
  return b === null ? null : a / b;
}

function text(name: string, of: ResultColumn["of"]): ResultColumn {
  return { name, type: "text", of };
}

function whole(name: string, of: ResultColumn["of"]): ResultColumn {
  return { name, type: "whole", of };
}

function number(name: string, of: ResultColumn["of"]): ResultColumn {
  return { name, type: "number", of };
}

function found(name: string, of: (figures: Found) => CellValue): ResultColumn {
  return number(name, ({ figures }) => (figures.status === "found" ? of(figures) : null));
}
