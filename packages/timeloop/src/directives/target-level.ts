import { similarNames } from "@loopnest/mapspace";
import type { Field } from "../yaml/field.js";
import type { DirectiveKind } from "./directive.js";

/** Name of the level that stands for the fan-out into a container or component (v0.4): Timeloop's own name for it. */
export function fanOutName(node: string): string {
  return `inter_${node}_spatial`;
}

/**
 * The level that a directive is for: by name, or by number, 0 being the innermost. Spatial directives for a node of the
 * v0.4 style are for the level that holds its fan-out.
 *
 * @param levels Names of the storage levels, outermost first.
 */
export function targetLevel(field: Field, kind: DirectiveKind, levels: readonly string[]): string {
  const target = field.get("target", "name") ?? field.fail("has no target", "name the storage level");
  const value = target.value();
  if (typeof value === "number") {
    const level = levels[levels.length - 1 - value];
    return (
      level ?? target.fail(`there is no level ${value}`, `levels are 0 to ${levels.length - 1}, 0 being the innermost`)
    );
  }
  const name = target.text();
  if (kind === "spatial" && levels.includes(fanOutName(name))) return fanOutName(name);
  if (levels.includes(name)) return name;
  const similar = similarNames(name, levels);
  const fix = similar.length > 0 ? `did you mean ${similar.join(" or ")}` : `the levels are ${levels.join(", ")}`;
  return target.fail(`unknown level ${name}`, fix, { level: name, got: name });
}
