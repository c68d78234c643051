import type { Mapping, Problem } from "@loopnest/mapspace";
import { factorAt, type Place, withFactor, withNode } from "./place.js";

/** Moves a factor of a loop to a loop of the same dimension elsewhere. */
export function moveFactor(mapping: Mapping, from: Place, to: Omit<Place, "dim">, factor: number): Mapping {
  const target = { ...to, dim: from.dim };
  const left = factorAt(mapping, from) / factor;
  if (!Number.isInteger(left) || (to.node === from.node && to.kind === from.kind)) return mapping;
  return withFactor(withFactor(mapping, from, left), target, factorAt(mapping, target) * factor);
}

/**
 * Sets a factor that somebody types. The outermost loop in time of the dimension takes what is left of its bound, if a
 * whole number is; if not, or if it is the one that is set, the factors no longer multiply to the bound, and the model
 * says so.
 */
export function typeFactor(problem: Problem, mapping: Mapping, place: Place, factor: number): Mapping {
  const typed = withFactor(mapping, place, Math.max(1, Math.round(factor)));
  const outermost: Place = { node: 0, kind: "temporal", dim: place.dim };
  if (place.node === 0 && place.kind === "temporal") return typed;
  const others = withFactor(typed, outermost, 1);
  const rest = (problem.dims[place.dim] ?? 1) / productOf(others, place.dim);
  return Number.isInteger(rest) ? withFactor(typed, outermost, rest) : typed;
}

/** Moves a loop in time within its entry: outwards by a negative number of places. */
export function reorderLoop(mapping: Mapping, node: number, dim: string, by: number): Mapping {
  return withNode(mapping, node, (own) => {
    const from = own.temporal.findIndex(([name]) => name === dim);
    const to = from + by;
    if (from < 0 || to < 0 || to >= own.temporal.length) return own;
    const temporal = own.temporal.filter((_, i) => i !== from);
    temporal.splice(to, 0, own.temporal[from]!);
    return { ...own, temporal };
  });
}

/**
 * Keeps a tensor at an entry where it passed by, or the reverse; tensors stay in the order of the problem. Of the store
 * nodes of one level one alone keeps it.
 */
export function toggleKeep(problem: Problem, mapping: Mapping, node: number, tensor: string): Mapping {
  const { level, keeps } = mapping[node]!;
  const keepsIt = !keeps.includes(tensor);
  return mapping.map((own, n) => {
    if (own.level !== level || (n !== node && !own.keeps.includes(tensor))) return own;
    const kept = (name: string) => (name === tensor ? n === node && keepsIt : own.keeps.includes(name));
    return { ...own, keeps: problem.tensors.map(({ name }) => name).filter(kept) };
  });
}

/** Product of all loops of a dimension. */
export function productOf(mapping: Mapping, dim: string): number {
  let product = 1;
  for (const { temporal, spatial } of mapping) {
    for (const [name, factor] of [...temporal, ...spatial]) if (name === dim) product *= factor;
  }
  return product;
}
