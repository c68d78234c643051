import type { Elasticity } from "../figures/elasticities.js";
import type { RunResult } from "../run/run-result.js";
import { plainTable } from "../tables/plain-table.js";
import { numbers } from "../tables/table.js";
import type { TextStyle } from "../text/text-style.js";

/** A row per size, energy and bandwidth that EDP turns on: by how many per cent it and its parts change. */
export function elasticityLines(rows: readonly Elasticity[], { columns }: TextStyle): string[] {
  if (rows.length === 0) return ["not worked out: mappings are uneven"];
  const table = plainTable(
    [{ title: "1 % more" }, ...["EDP", "energy", "latency", "area", "EDP, 1 % less"].map(numbers)],
    rows.map((row) => [row.name, ...[row.edp, row.energy, row.latency, row.area, row.edpOfLess].map(change)]),
    columns,
  );
  return table.split("\n");
}

/** Whose latency elasticities are of, where it is not the exact model's: `; latency by gemmini-rtl`. @internal */
export function latencyBy({ learned }: Pick<RunResult, "learned">): string {
  return learned === undefined ? "" : `; latency by ${learned.model}`;
}

function change(value: Elasticity["edp"]): string {
  return value === 0 ? "0" : `${value > 0 ? "+" : ""}${value.toFixed(3)} %`;
}
