import { similarNames } from "@loopnest/mapspace";
import type { Field } from "../yaml/field.js";

/**
 * Reads a loop order, innermost first: one letter per dimension (`PQRSCKN`, spaces mean nothing), or names between
 * commas or in a YAML list.
 *
 * @throws LoopnestError `input` at an unknown dimension or one that is listed twice.
 */
export function readOrder(field: Field, dims: readonly string[]): string[] {
  const text = field.isList || field.isEmpty ? "" : field.text();
  const letters = !field.isList && !text.includes(",") && dims.every((dim) => dim.length === 1);
  const order = letters ? [...text.replace(/\s/g, "")] : field.words();
  order.forEach((dim, i) => {
    checkDim(field, dim, dims, field.position());
    if (order.indexOf(dim) !== i) field.fail(`${dim} is listed twice`, "list each dimension once", { dim });
  });
  return order;
}

/** @throws LoopnestError `input` at a name that is no dimension of the problem. */
export function checkDim(
  field: Field,
  dim: string,
  dims: readonly string[],
  position: ReturnType<Field["position"]>,
): void {
  if (dims.includes(dim)) return;
  const similar = similarNames(dim, dims);
  const fix = similar.length > 0 ? `did you mean ${similar.join(" or ")}` : `the problem has ${dims.join(", ")}`;
  field.fail(`unknown dimension ${dim}`, fix, { position, dim, got: dim });
}
