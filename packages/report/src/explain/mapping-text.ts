import { type Mapping, macs, type Problem } from "@loopnest/mapspace";
import type { MappingExplanation } from "@loopnest/model-analytical/explain";
import { loopNestLines } from "../nests/loop-nest-text.js";
import { percent, quantity } from "../numbers/number-format.js";
import { terminalText } from "../text/media.js";
import type { TextStyle } from "../text/text-style.js";
import { wrapped } from "../text/wrapped.js";
import { primeLines } from "./prime-text.js";
import { refetchLines } from "./refetch-text.js";
import { resourceLines } from "./resource-text.js";
import { tileLines } from "./tile-text.js";
import { trafficLines } from "./traffic-text.js";

/** A mapping that fits, explained for people: loop nest, tiles, traffic, what the latency waits for. */
export function mappingText(
  problem: Problem,
  mapping: Mapping,
  explanation: MappingExplanation,
  style: TextStyle,
): string[] {
  const { evaluation, levels, boundaries, refetches, resources, utilization } = explanation;
  const { bold, dim, columns } = style;
  const bounds = Object.entries(problem.dims).map(([dim, bound]) => `${dim} ${bound}`);
  const heading = (text: string) => ["", ...wrapped(text, columns).map(dim)];
  const sentences = (lines: readonly string[]) => lines.flatMap((line) => wrapped(line, columns, "  "));
  return [
    `${bold(terminalText(problem.name))}: ${quantity(macs(problem))} MACs, ${terminalText(bounds.join(", "))}`,
    `energy ${quantity(evaluation.energyPj / 1e6)} uJ, latency ${quantity(evaluation.cycles)} cycles`,
    ...heading("loop nest, outermost first; levels with the words that one instance holds"),
    ...loopNestLines(mapping, evaluation.levels),
    ...heading("what one instance holds, and what it can hold"),
    ...tileLines(levels, columns),
    ...heading("traffic between levels, all instances together"),
    ...trafficLines(boundaries, evaluation, columns),
    ...(refetches.length === 0
      ? []
      : [...heading("what is fetched again and again, and why"), ...sentences(refetchLines(refetches))]),
    ...heading("what the latency waits for"),
    ...resourceLines(resources, columns),
    "",
    ...sentences([
      `${percent(utilization.total)} of the MACs' time is used: ${percent(utilization.spatial)} of the units have ` +
        `work, ${percent(utilization.temporal)} of the cycles`,
      ...primeLines(problem, utilization.spatial),
    ]),
  ];
}
