import type { Problem } from "@loopnest/mapspace";
import type { Field } from "../yaml/field.js";
import type { Ignored } from "./component.js";
import { readFlat } from "./flat.js";
import type { Layout } from "./layout.js";
import { readNodes } from "./nodes.js";
import { readTree } from "./tree.js";

/**
 * Reads the value of `architecture:` or `arch:` in any of its three styles: flat (`storage`, `arithmetic`), tree
 * (`subtree`, versions 0.2 and 0.3) and nodes (version 0.4).
 *
 * @param variables What expressions of version 0.4 may refer to: `variables:` of the files.
 */
export function readLayout(
  architecture: Field,
  problem: Problem,
  ignored: Ignored,
  variables: readonly Field[],
): Layout {
  const layout = layoutOf(architecture, problem, ignored, variables);
  const names = new Set<string>();
  const named = new Set<string>();
  for (const { name, field, attributes } of [...layout.storage, layout.compute]) {
    if (names.has(name)) field.fail(`${name} is listed twice`, "give each level a name of its own", { level: name });
    names.add(name);
    attributes.check(ignored, named);
  }
  return layout;
}

function layoutOf(architecture: Field, problem: Problem, ignored: Ignored, variables: readonly Field[]): Layout {
  if (architecture.get("storage") !== undefined) return readFlat(architecture, ignored);
  const version = architecture.get("version");
  if (architecture.get("subtree") !== undefined) {
    if (version !== undefined && !["0.2", "0.3", "0.4"].includes(version.text())) {
      version.unsupported(`version ${version.text()} of the tree style`, "the tree style is 0.2 to 0.4");
    }
    return readTree(architecture, ignored);
  }
  if (architecture.get("nodes") !== undefined) {
    if (version !== undefined && version.text() !== "0.4") {
      version.unsupported(`version ${version.text()} of the node style`, "the node style is 0.4");
    }
    return readNodes(architecture, problem, ignored, variables);
  }
  return architecture.fail("is no architecture", "give storage and arithmetic, a subtree (0.3), or nodes (0.4)");
}
