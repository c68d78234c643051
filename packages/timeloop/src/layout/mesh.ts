import type { Component } from "./component.js";

/**
 * Instances and columns of a component: what its attributes give of instances, meshX and meshY; the rest follows, and
 * without a mesh all instances stand in one row, as Timeloop has it.
 */
export function mesh(component: Component): { instances: number; meshX: number } {
  const { attributes, field, name } = component;
  const columns = attributes.get("meshX");
  const rows = attributes.get("meshY");
  const count = attributes.get("instances");
  const meshX = columns?.whole() ?? component.meshX ?? undefined;
  const meshY = rows?.whole();
  const instances =
    count?.whole() ??
    component.instances ??
    (meshX !== undefined && meshY !== undefined
      ? meshX * meshY
      : field.fail(`${name} has no instances`, "give instances, or meshX and meshY", { level: name }));
  const x = meshX ?? (meshY === undefined ? instances : instances / meshY);
  if (!Number.isInteger(x) || instances % x !== 0 || (meshY !== undefined && x * meshY !== instances)) {
    const grid = `${meshX ?? "?"} columns and ${meshY ?? "?"} rows`;
    (columns ?? rows ?? count ?? field).fail(
      `${instances} instances do not fill ${grid}`,
      "make instances = meshX * meshY",
      {
        level: name,
      },
    );
  }
  return { instances, meshX: x };
}

/**
 * Checks that the columns and rows of each component are whole multiples of those of the one outside.
 *
 * @param components Outermost first.
 */
export function checkMeshes(components: readonly Component[]): void {
  components.forEach((component, i) => {
    const outer = components[i - 1];
    if (outer === undefined) return;
    const [own, other] = [mesh(component), mesh(outer)];
    const [rows, outerRows] = [own.instances / own.meshX, other.instances / other.meshX];
    if (own.meshX % other.meshX === 0 && rows % outerRows === 0) return;
    const { name, attributes, field } = component;
    (attributes.get("meshX", "meshY", "instances") ?? field).fail(
      `${own.meshX} x ${rows} instances of ${name} are no whole multiple of the ${other.meshX} x ${outerRows} ` +
        `of ${outer.name}`,
      "give both a meshX of which one is a whole multiple of the other",
      { level: name },
    );
  });
}
