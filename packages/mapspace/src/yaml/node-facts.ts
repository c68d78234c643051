import { isScalar, type Node } from "yaml";

/** Offset at which a node begins; 0 for none. */
export function startOf(node: unknown): number {
  return (node as Node | null | undefined)?.range?.[0] ?? 0;
}

/**
 * Name of a field by its key, as it is written: a name that YAML takes for a number, as `.inf` or `1e3`, is none here.
 * The merge key of YAML 1.1 is `<<`, as elsewhere.
 */
export function nameOf(key: unknown): string {
  if (!isScalar(key)) return "";
  if (typeof key.value === "symbol") return key.value.description ?? "";
  return typeof key.value === "string" ? key.value : (key.source ?? String(key.value));
}
