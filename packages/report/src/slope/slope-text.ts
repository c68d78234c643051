import { change } from "../fusion/fusion-tables.js";
import { quantity } from "../numbers/number-format.js";
import { barText } from "../terminal/layer-bars.js";
import { terminalText } from "../text/media.js";
import type { TextStyle } from "../text/text-style.js";
import type { FusionSlope } from "./slope.js";

/** Characters of the longest bar. */
const BAR = 40;

/** Buffer size against words of DRAM, as bars. */
export function slopeText({ title, size, points }: FusionSlope, { bold, dim, cyan }: TextStyle): string {
  const largest = Math.max(...points.map(({ apart }) => apart.outermostWords));
  const width = Math.max(size.length, ...points.map(({ value }) => String(value).length));
  const lines = points.flatMap(({ value, apart, fused }) => {
    const bar = (words: number) => barText((BAR * words) / largest);
    const label = (name: string, words: number) => ` ${quantity(words)} ${name}`;
    const before = `${dim(bar(apart.outermostWords))}${label("layer by layer", apart.outermostWords)}`;
    const after = `${cyan(bar(fused.outermostWords))}${label("fused", fused.outermostWords)}`;
    return [
      `${String(value).padStart(width)}  ${before}`,
      `${" ".repeat(width)}  ${after}, ${change(fused.value, apart.value)} of the objective`,
    ];
  });
  return [bold(terminalText(title)), `words of DRAM by ${size}`, "", ...lines, ""].join("\n");
}
