import type { LevelMapping, Mapping } from "@loopnest/mapspace";
import { whole } from "../numbers/number-format.js";
import { terminalText } from "../text/media.js";

/** Words of the tile that one instance of a level holds, by level and tensor. */
export type TileWords = Readonly<
  Record<string, { readonly tensors: Readonly<Record<string, { readonly utilizedCapacity: number }>> }>
>;

/**
 * A mapping as the loops it is, outermost first. Every level says what one of its instances holds while the loops under
 * it run.
 *
 *     DRAM: Weights 4,608, Inputs 8,192, Outputs 16,384
 *       for K in 4
 *     Scratchpad: Weights 1,152, Inputs 2,048
 *         for C in 16, all at once in columns
 *
 * @param held Tensors held on chip between this layer and others: loops outside of them are shared.
 */
export function loopNestLines(mapping: Mapping, tiles: TileWords, held: readonly string[] = []): string[] {
  let depth = 0;
  let split = false;
  const lines = mapping.flatMap((level) => {
    const isHome = held.length > 0 && level.keeps.some((tensor) => held.includes(tensor)) && !split;
    split ||= isHome;
    const note = isHome ? " (handed from layer to layer; the others run here in turn)" : "";
    const own = [`${level.level}: ${holds(level, tiles)}${note}`];
    for (const loop of loops(level)) own.push(`${"  ".repeat(++depth)}${loop}`);
    return own;
  });
  return lines.map(terminalText);
}

function holds({ level, keeps }: LevelMapping, tiles: TileWords): string {
  const words = Object.entries(tiles[level]?.tensors ?? {}).filter(([tensor]) => keeps.includes(tensor));
  return words.map(([tensor, { utilizedCapacity }]) => `${tensor} ${whole(utilizedCapacity)}`).join(", ") || "nothing";
}

function loops({ temporal, spatial }: LevelMapping): string[] {
  return [
    ...temporal.filter(([, factor]) => factor > 1).map(([dim, factor]) => `for ${dim} in ${factor}`),
    ...spatial
      .filter(([, factor]) => factor > 1)
      .map(([dim, factor, axis]) => `for ${dim} in ${factor}, all at once in ${axis === "X" ? "columns" : "rows"}`),
  ];
}
