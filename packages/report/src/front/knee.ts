import { type FoundSearch, type FrontResult, foundSearches } from "./front.js";

/**
 * The knee of a front: of its designs, the one farthest from the straight line between its ends, on the side of what is
 * better, area and value in logs, each relative to its whole range. Before it, much is gained for little area; beyond
 * it, little for much.
 *
 * @returns Its search's name; `null` where fewer than three designs are on the front, or none lies below the line.
 * @internal
 */
export function kneeOf(front: Pick<FrontResult, "front" | "searches">): string | null {
  const found = foundSearches(front.searches);
  const on = front.front.flatMap((name) => found.filter((search) => search.name === name));
  const [first, last] = [on[0], on.at(-1)];
  if (on.length < 3 || first === undefined || last === undefined) return null;
  const share = (of: (search: FoundSearch) => number, search: FoundSearch) =>
    Math.log(of(search) / of(first)) / Math.log(of(last) / of(first));
  const area = ({ design }: FoundSearch) => design.areaMm2;
  const value = ({ design }: FoundSearch) => design.value;
  // How far value has fallen beyond what the line says of that area.
  const bend = (search: FoundSearch) => share(value, search) - share(area, search);
  const knee = on.reduce((a, b) => (bend(b) > bend(a) ? b : a));
  return bend(knee) > 1e-9 ? knee.name : null;
}
