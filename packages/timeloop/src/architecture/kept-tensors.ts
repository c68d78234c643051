import type { Problem } from "@loopnest/mapspace";
import type { LevelConstraints } from "../constraints/level-constraints.js";
import type { Component } from "../layout/component.js";
import type { Layout } from "../layout/layout.js";

/**
 * The tensors that a level can keep: those of the attribute `keeps`, which `writeArchitecture` adds for its order, or
 * all that are not to bypass. A level without memory keeps none, unless a constraint says so.
 */
export function keptTensors(level: Component, constraints: LevelConstraints, problem: Problem): readonly string[] {
  const every = problem.tensors.map((tensor) => tensor.name);
  const allowed = every.filter((tensor) => !constraints.bypass.includes(tensor));
  if (level.isFanOut) return constraints.keep;
  const field = level.attributes.get("keeps");
  if (field === undefined) return allowed;
  const listed = field.words();
  const same = listed.length === allowed.length && listed.every((tensor) => allowed.includes(tensor));
  if (same) return listed;
  return field.fail(
    `${level.name} keeps ${listed.join(", ") || "nothing"}, but constraints leave ${allowed.join(", ") || "nothing"}`,
    "make the two agree, or drop the attribute",
    { level: level.name },
  );
}

/** Every tensor passes through exactly one branch of levels side by side. */
export function checkParallel({ parallel }: Layout, constraints: readonly LevelConstraints[], problem: Problem): void {
  for (const { field, branches } of parallel) {
    for (const { name } of problem.tensors) {
      const passes = (level: string) => constraints.some((own) => own.level === level && !own.bypass.includes(name));
      const count = branches.filter((levels) => levels.some(passes)).length;
      if (count === 1) continue;
      const found = count === 0 ? `no branch keeps ${name}` : `${count} branches keep ${name}`;
      field.fail(found, "let one branch keep it, and the others bypass it", { tensor: name });
    }
  }
}
