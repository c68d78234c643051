import type { LevelMapping, Mapping } from "@loopnest/mapspace";
import { terminalText } from "../text/media.js";

/**
 * A mapping in one line, outermost level and loop first: `DRAM K4 P7 | Scratchpad K16x | Accumulator C32x Q14`. `K16x`
 * unrolls K over 16 columns, `K16y` over rows; levels without loops are left out.
 */
export function loopLine(mapping: Mapping): string {
  return terminalText(mapping.map(levelLine).filter(Boolean).join(" | "));
}

function levelLine({ level, temporal, spatial }: LevelMapping): string {
  const loops = [
    ...temporal.map(([dim, factor]) => `${dim}${factor}`),
    ...spatial.map(([dim, factor, axis]) => `${dim}${factor}${axis.toLowerCase()}`),
  ];
  return loops.length === 0 ? "" : `${level} ${loops.join(" ")}`;
}
