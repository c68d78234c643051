import type { Field } from "../yaml/field.js";
import { type Component, component, type Ignored, nameAndCount } from "./component.js";
import type { Layout } from "./layout.js";

/** Reads the flat style: `storage`, innermost first, and `arithmetic`. */
export function readFlat(architecture: Field, ignored: Ignored): Layout {
  for (const field of architecture.fields()) {
    if (["storage", "arithmetic", "version", "name", "constraints"].includes(field.name) || ignored.includes(field.key))
      continue;
    field.unsupported(`${field.key} of a flat architecture`, "it has storage and arithmetic", {
      position: field.keyPosition,
    });
  }
  const levels = architecture.need("storage", "list the storage levels, innermost first").items();
  const storage = levels.map((level): Component => {
    const { name, count } = nameAndCount(level.need("name", "name the level"));
    return component(level, "storage", { name, count: count === 1 ? null : count });
  });
  const arithmetic = architecture.need("arithmetic", "describe the compute units");
  const name = arithmetic.get("name")?.text() ?? "MAC";
  const compute = component(arithmetic, "compute", { name, count: null });
  return {
    name: architecture.get("name")?.text() ?? null,
    storage: storage.reverse(),
    compute,
    directives: [],
    parallel: [],
  };
}
