import { unknownName } from "@loopnest/mapspace";
import { cacti40nm } from "./cacti-40nm.js";
import { dosa } from "./dosa.js";
import type { EnergyTable } from "./energy-table.js";

const tables: readonly EnergyTable[] = [dosa, cacti40nm];

/** Names of the built-in energy tables. */
export const energyTableNames: readonly string[] = tables.map(({ name }) => name);

/**
 * A built-in energy table by name.
 *
 * @throws LoopnestError `input` if there is none, with the names that may have been meant.
 */
export function builtInEnergyTable(name: string): EnergyTable {
  const found = tables.find((table) => table.name === name);
  if (found === undefined) throw unknownName("energy table", name, energyTableNames, "energyTable");
  return found;
}
