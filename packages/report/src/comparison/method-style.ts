import { levelColor } from "../charts/palette.js";

/** How a method is drawn: variants of one method share a colour, one of them is dashed. */
export interface MethodStyle {
  readonly color: string;
  readonly dashed: boolean;
}

/** Index of the palette's colour. */
const COLORS: Readonly<Record<string, number>> = {
  descent: 0,
  random: 6,
  "random-dosa": 6,
  annealing: 4,
  genetic: 2,
  bayesian: 1,
  "bayesian-dosa": 1,
  cosa: 3,
};

/** SVG's dashes. */
export const DASHES = "4 3";

export function methodStyle(method: string): MethodStyle {
  return { color: levelColor(COLORS[method] ?? 5), dashed: method.endsWith("-dosa") };
}
