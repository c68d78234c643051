import type { Field } from "../yaml/field.js";
import { type Component, component, componentKind, type Ignored, nameAndCount } from "./component.js";
import { type Layout, onlyCompute } from "./layout.js";

/**
 * Reads the tree style: subtrees inside each other, each with its `local` components, the outer one first. A range in
 * the name of a subtree multiplies everything inside: `PE[0..15]` has 16 of each.
 */
export function readTree(architecture: Field, ignored: Ignored): Layout {
  const storage: Component[] = [];
  const compute: Component[] = [];
  let instances = 1;
  let name: string | null = null;
  let level = architecture;
  while (level.get("subtree") !== undefined) {
    const [inner, beside] = level.get("subtree")!.items();
    if (beside !== undefined) beside.unsupported("a second subtree beside the first", "describe one chain of levels");
    if (inner === undefined) return level.get("subtree")!.fail("is empty", "describe what is inside");
    level = inner;
    const subtree = nameAndCount(level.need("name", "name the subtree"));
    name ??= subtree.name;
    instances *= subtree.count;
    for (const field of level.get("local")?.items() ?? []) {
      const local = nameAndCount(field.need("name", "name the component"));
      const kind = componentKind(field, local.name, ignored, "left out");
      if (kind === null) continue;
      (kind === "storage" ? storage : compute).push(
        component(field, kind, { name: local.name, count: instances * local.count }),
      );
    }
  }
  const stray = architecture.get("local");
  if (stray !== undefined)
    stray.unsupported("components outside any subtree, which Timeloop skips", "put them in a subtree");
  return { name, storage, compute: onlyCompute(architecture, compute), directives: [], parallel: [] };
}
