import { LoopnestError, unknownName } from "@loopnest/mapspace";
import { cacti40nm } from "./cacti-40nm.js";
import { dosa } from "./dosa.js";
import type { EnergyTable } from "./energy-table.js";
import { scaledTable } from "./scaled-table.js";

const tables: readonly EnergyTable[] = [dosa, cacti40nm];

/** Names of the built-in energy tables. */
export const energyTableNames: readonly string[] = tables.map(({ name }) => name);

/** `cacti-40nm@7nm`: a table, and the technology that it is scaled to. */
const SCALED = /^(.+)@(\d+(?:\.\d+)?)nm$/;

/** Whether a name is that of a built-in table, as it is or scaled to a technology (`cacti-40nm@7nm`). */
export function isBuiltInEnergyTable(name: string): boolean {
  return energyTableNames.includes(SCALED.exec(name)?.[1] ?? name);
}

/**
 * A built-in energy table by name; `@7nm` after it scales the table to 7 nm (see `scaledTable`).
 *
 * @throws LoopnestError `input` if there is none, with the names that may have been meant, or none for the technology.
 */
export function builtInEnergyTable(name: string): EnergyTable {
  const scaled = SCALED.exec(name);
  const own = scaled?.[1] ?? name;
  const found = tables.find((table) => table.name === own);
  if (found === undefined) throw unknownName("energy table", own, energyTableNames, "energyTable");
  if (scaled === null) return found;
  if (found.technologyNm !== undefined) return scaledTable(found, { from: found.technologyNm, to: Number(scaled[2]) });
  throw new LoopnestError({
    code: "input",
    path: "energyTable",
    problem: `${own} is of no one technology that could be scaled`,
    fix: `leave @${scaled[2]}nm out, or give cacti-40nm@${scaled[2]}nm`,
    got: name,
  });
}
