import { LoopnestError } from "../errors/loopnest-error.js";
import type { Mapping, TemporalLoop } from "./mapping.js";

/**
 * The entry of a mapping that holds tensors for other layers: their home, which keeps nothing else and has no other
 * entry of theirs outside. The loops of the entries outside are those that the layers share.
 *
 * @returns -1 if nothing is held.
 * @throws LoopnestError `input` if there is no such entry, or loops outside of it are spatial.
 */
export function homeEntry(mapping: Mapping, held: readonly string[]): number {
  const [first] = held;
  if (first === undefined) return -1;
  const home = mapping.findIndex(({ keeps }) => keeps.includes(first));
  const { level = "", keeps = [] } = mapping[home] ?? {};
  const wrong = (problem: string) =>
    new LoopnestError({
      ...{ code: "input", path: "mapping", problem, got: level },
      fix: `let one entry keep ${held.join(" and ")} and nothing else, inside all loops that the layers share`,
    });
  if (home < 0) throw wrong(`no level holds ${first} for other layers`);
  const other = keeps.find((tensor) => !held.includes(tensor));
  if (other !== undefined) throw wrong(`${level} keeps ${other} where ${first} is held for other layers`);
  for (const tensor of held) {
    const own = mapping.findIndex((entry) => entry.keeps.includes(tensor));
    if (own !== home) throw wrong(`${tensor} is not held for other layers where ${first} is`);
  }
  if (mapping.slice(0, home).some(({ spatial }) => spatial.some(([, factor]) => factor > 1))) {
    throw wrong("loops outside of what is held for other layers are spatial: layers run in turn");
  }
  return home;
}

/** The loops outside an entry, outermost first; neighbours over one dimension are one. */
export function loopsOutside(mapping: Mapping, entry: number): TemporalLoop[] {
  const loops: [string, number][] = [];
  for (const [dim, factor] of mapping.slice(0, entry).flatMap(({ temporal }) => temporal)) {
    const last = loops.at(-1);
    if (factor === 1) continue;
    if (last?.[0] === dim) last[1] *= factor;
    else loops.push([dim, factor]);
  }
  return loops;
}
