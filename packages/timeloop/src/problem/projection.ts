import type { Rank, Tensor } from "@loopnest/mapspace";
import type { Field } from "../yaml/field.js";

/** What a shape's expressions can name. */
export interface ShapeNames {
  readonly dims: readonly string[];
  /** Value of every coefficient in this instance. */
  readonly coefficients: ReadonlyMap<string, number>;
}

/** Reads one data space of a shape. */
export function readTensor(field: Field, names: ShapeNames): Tensor {
  const known = ["name", "projection", "read_write"];
  for (const part of field.fields()) {
    if (!known.includes(part.name))
      part.unsupported(`${part.name} of a data space`, `a data space has ${known.join(", ")}`, {
        position: part.keyPosition,
      });
  }
  const ranks = field.need("projection", "list the ranks").items();
  return {
    name: field.need("name", "name the data space").text(),
    role: field.get("read_write")?.flag() ? "output" : "input",
    // A rank without terms, or with coefficients of 0 alone, is one word wide and none of the tensor's.
    ranks: ranks
      .map((rank) => (rank.isList ? readRank(rank, names) : [readTerm(rank, [rank], names)]))
      .map((rank) => rank.filter(([, coefficient]) => coefficient !== 0))
      .filter((rank) => rank.length > 0),
  };
}

/** A rank: a list of terms `[dim]` or `[dim, coefficient]`, to be summed. */
function readRank(field: Field, names: ShapeNames): Rank {
  const terms = field.items();
  return terms.map((term) => readTerm(term, term.isList ? term.items() : [term], names));
}

function readTerm(field: Field, parts: readonly Field[], { dims, coefficients }: ShapeNames): Rank[number] {
  const [dim, coefficient] = parts.map((part) => part.text());
  if (parts.length > 2 || dim === undefined) field.fail("is not a term", "write [dim] or [dim, coefficient]");
  if (!dims.includes(dim)) parts[0]!.fail(`unknown dimension ${dim}`, `the shape has ${dims.join(", ")}`, { got: dim });
  if (coefficient === undefined) return [dim, 1];
  const value = coefficients.get(coefficient);
  if (value !== undefined) return [dim, value];
  const defined = [...coefficients.keys()].join(", ");
  return parts[1]!.fail(
    `unknown coefficient ${coefficient}`,
    defined === "" ? "define it under coefficients" : `the shape has ${defined}`,
  );
}
