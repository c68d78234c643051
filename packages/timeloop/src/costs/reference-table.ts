import type { Field } from "../yaml/field.js";

/** What a reference table says of a component. */
export interface ComponentEntry {
  readonly field: Field;
  /** Energy per action, pJ; the largest where arguments make a difference, as Timeloop takes it. */
  readonly energyPj: ReadonlyMap<string, number>;
}

/**
 * Reads an energy reference table (the value of `ERT:`, versions 0.2 to 0.4): components by the last part of their name
 * without the instance range, `System.Chip.PE[0..15].Buffer[0..3]` being `Buffer`.
 */
export function readErt(ert: Field): Map<string, ComponentEntry> {
  checkVersion(ert, ["0.2", "0.3", "0.4"]);
  const tables = ert.need("tables", "an ERT has tables");
  const entries = new Map<string, ComponentEntry>();
  for (const table of tables.isMap ? tables.fields() : tables.items()) {
    const isNamed = tables.isList;
    if (isNamed && isOfClass(table)) continue;
    const actions = isNamed ? table.need("actions", "list the actions") : table;
    const energyPj = new Map<string, number>();
    for (const action of actions.isMap ? actions.fields() : actions.items()) {
      const name = actions.isMap ? action.name : action.need("name", "name the action").text();
      const uses = action.isList ? action.items() : [action];
      for (const use of uses) {
        const energy = use.need("energy", "give the energy in pJ");
        energyPj.set(name, Math.max(energy.amount(), energyPj.get(name) ?? 0));
      }
    }
    add(
      entries,
      isNamed ? table.need("name", "name the component").text() : table.key,
      { field: table, energyPj },
      table,
    );
  }
  return entries;
}

/** Reads an area reference table (the value of `ART:`, versions 0.3 and 0.4): um2 of one instance by component. */
export function readArt(art: Field): Map<string, number> {
  checkVersion(art, ["0.3", "0.4"]);
  const areas = new Map<string, number>();
  for (const table of art.need("tables", "an ART has tables").items()) {
    if (isOfClass(table)) continue;
    const area = table.need("area", "give the area of one instance in um2");
    add(areas, table.need("name", "name the component").text(), area.amount(), table);
  }
  return areas;
}

/** Whether an entry is about a class of components rather than one of them, as Accelergy dumps its library. */
function isOfClass(table: Field): boolean {
  const className = table.get("component_class");
  const found = className !== undefined && table.get("name") === undefined;
  if (found) className.note(`the costs of the class ${className.text()} belong to no component and are not read`);
  return found;
}

function checkVersion(field: Field, versions: readonly string[]): void {
  const version = field.need("version", `give the version, ${versions.join(", ")}`);
  if (!versions.includes(version.text()))
    version.unsupported(`version ${version.text()}`, `use ${versions.join(", ")}`);
}

function add<T>(entries: Map<string, T>, fullName: string, entry: T, field: Field): void {
  const name = fullName
    .replace(/\[[^\]]*\]/g, "")
    .split(".")
    .at(-1)!;
  if (entries.has(name)) field.fail(`${name} is listed twice`, "give each component one table");
  entries.set(name, entry);
}
