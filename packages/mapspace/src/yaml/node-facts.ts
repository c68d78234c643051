import { isScalar, type Node } from "yaml";

/** Offset at which a node begins; 0 for none. */
export function startOf(node: unknown): number {
  return (node as Node | null | undefined)?.range?.[0] ?? 0;
}

/** Name of a field by its key; the merge key of YAML 1.1 is `<<`, as elsewhere. */
export function nameOf(key: unknown): string {
  if (!isScalar(key)) return "";
  return typeof key.value === "symbol" ? (key.value.description ?? "") : String(key.value);
}
