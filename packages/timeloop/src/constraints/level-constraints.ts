import type { SourcePosition } from "@loopnest/mapspace";
import type { Directive } from "../directives/directive.js";

/** What the loops of a level are held to. Factors by dimension; `"all"` is the whole bound. */
export interface LoopConstraints {
  readonly factors: Readonly<Record<string, number | "all">>;
  readonly maxFactors: Readonly<Record<string, number | "all">>;
  readonly minFactors: Readonly<Record<string, number | "all">>;
  /** The innermost dimensions, innermost first; those not listed follow in any order. Null: any order. */
  readonly order: readonly string[] | null;
}

/** Constraints of one storage level. */
export interface LevelConstraints {
  readonly level: string;
  readonly temporal: LoopConstraints;
  /** The first `split` dimensions of the order go to columns, the others to rows; null: any split. */
  readonly spatial: LoopConstraints & { readonly split: number | null };
  /** Tensors that have to be kept here, and that cannot be. */
  readonly keep: readonly string[];
  readonly bypass: readonly string[];
  /** Where each kind of constraint is written, for errors. */
  readonly positions: Readonly<Partial<Record<Directive["kind"], SourcePosition>>>;
}

/**
 * Gathers directives by level, one entry for each, in the order of `levels`.
 *
 * @throws LoopnestError `input` if two directives contradict each other.
 */
export function gatherConstraints(levels: readonly string[], directives: readonly Directive[]): LevelConstraints[] {
  return levels.map((level) => {
    const own = directives.filter((directive) => directive.level === level);
    const temporal = own.filter(({ kind }) => kind === "temporal");
    const spatial = own.filter(({ kind }) => kind === "spatial");
    const keeping = own.filter(({ kind }) => kind === "bypass");
    const bypass = [...new Set(keeping.flatMap((directive) => directive.bypass))];
    const keep = [...new Set(keeping.flatMap((directive) => directive.keep))];
    const both = keep.find((tensor) => bypass.includes(tensor));
    if (both !== undefined) {
      const { field } = keeping.filter((directive) => directive.keep.includes(both)).at(-1)!;
      field.fail(`${level} has to keep ${both} and to bypass it`, "drop one of the constraints", {
        level,
        tensor: both,
      });
    }
    const positions = own.map(({ kind, field }) => [kind, field.position()] as const).reverse();
    return {
      level,
      temporal: gatherLoops(temporal),
      spatial: { ...gatherLoops(spatial), split: single(spatial, "split", (directive) => directive.split) },
      keep,
      bypass,
      positions: Object.fromEntries(positions),
    };
  });
}

function gatherLoops(directives: readonly Directive[]): LoopConstraints {
  const factors = { "=": byDim(), "<=": byDim(), ">=": byDim() };
  for (const { field, level, factors: list } of directives) {
    for (const { dim, relation, value, last } of list) {
      if (last !== undefined) {
        const problem = `${dim}=${value},${last.iterations} is an imperfect factor`;
        field.unsupported(problem, `write ${dim}=${value}`, { level, dim, position: last.position });
      }
      const before = factors[relation][dim];
      if (before !== undefined && before !== value) {
        field.fail(`${dim} is held to ${before} and to ${value}`, "drop one of the constraints", { level, dim });
      }
      factors[relation][dim] = value;
    }
  }
  const order = single(directives, "permutation", (directive) => directive.order);
  return { factors: factors["="], maxFactors: factors["<="], minFactors: factors[">="], order };
}

/** Without the methods of objects: a dimension may have the name of one. */
function byDim(): Record<string, number | "all"> {
  return Object.create(null) as Record<string, number | "all">;
}

function single<T>(
  directives: readonly Directive[],
  name: string,
  value: (directive: Directive) => T | null,
): T | null {
  const given = directives.filter((directive) => value(directive) !== null);
  const [first, second] = given;
  if (second !== undefined && JSON.stringify(value(second)) !== JSON.stringify(value(first!))) {
    second.field.fail(`${second.level} has two constraints on ${name}`, "drop one of them", { level: second.level });
  }
  return first === undefined ? null : value(first);
}
