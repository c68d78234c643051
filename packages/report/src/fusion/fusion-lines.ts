import type { RunSegment } from "../figures/run-fusion.js";
import { quantity, whole } from "../numbers/number-format.js";
import type { RunResult } from "../run/run-result.js";
import { plainTable } from "../tables/plain-table.js";
import type { Table } from "../tables/table.js";
import { barText } from "../terminal/layer-bars.js";
import { terminalText } from "../text/media.js";
import type { TextStyle } from "../text/text-style.js";
import { edgeTable, fusionSummary, isFused, namesOf, segmentTable, totalsTable } from "./fusion-tables.js";

/** Characters of a buffer that is full. */
const BAR = 40;

/** What stays on chip in a run, for a terminal: totals, segments, what the home holds in turn, edges. */
export function fusionLines(result: RunResult, { dim, cyan, columns }: TextStyle): string[] {
  if (!isFused(result)) return [];
  const text = ({ columns: heads, rows }: Table) => plainTable(heads, rows, columns).split("\n");
  const { fusion } = result;
  const segments =
    fusion.segments.length === 0
      ? []
      : [
          ...["", ...text(segmentTable(result))],
          ...["", dim(`words in ${fusion.home} while each layer runs`)],
          ...fusion.segments.flatMap((segment) => occupancyLines(segment, result, cyan)),
        ];
  return [
    ...["", fusionSummary(result), "", ...text(totalsTable(result)), ...segments],
    ...["", dim("edges: what layers hand each other"), ...text(edgeTable(result))],
  ];
}

/** A bar per layer, as long as the home is full. */
function occupancyLines(segment: RunSegment, { fusion, layers }: RunResult, cyan: TextStyle["cyan"]): string[] {
  const { words } = segment;
  const names = namesOf(segment, layers);
  const width = Math.max(...names.map((name) => name.length));
  const capacity = fusion!.capacityWords ?? Math.max(...words.occupied);
  return names.map((name, k) => {
    const held = words.held.reduce((sum, own, e) => sum + (e === k || e === k - 1 ? own : words.halo[e]!), 0);
    const parts = [
      `${quantity(held)} handed over`,
      ...(words.above > 0 ? [`${quantity(words.above)} kept throughout`] : []),
      `${quantity(words.running[k]!)} its own`,
    ];
    const bar = barText((BAR * words.occupied[k]!) / capacity).padEnd(BAR);
    return terminalText(`  ${name.padEnd(width)}  ${cyan(bar)} ${whole(words.occupied[k]!)}: ${parts.join(", ")}`);
  });
}
