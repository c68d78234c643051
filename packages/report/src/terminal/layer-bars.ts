import { movementRows } from "../figures/movement-rows.js";
import { percent } from "../numbers/number-format.js";
import type { RunResult } from "../run/run-result.js";
import { terminalText } from "../text/media.js";
import { shortened } from "../text/shortened.js";
import type { TextStyle } from "../text/text-style.js";

/** Columns of a bar on a terminal of unknown width, and least and most of any. */
const BAR = 32;
const LEAST = 12;
const MOST = 60;
/** Columns that a row takes beside name and bar: gaps, EDP, energy, latency and what sets the latency. */
const BESIDE = 44;

/** Eighths of a character, from nothing to a whole one. */
const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"];

/** A row per layer: a bar as long as its share of EDP, and its shares of EDP, energy and latency. */
export function layerBars(result: RunResult, { cyan, dim, columns: most }: TextStyle): string[] {
  const outermost = Object.keys(result.layers[0]!.levels)[0]!;
  const rows = [...result.layers, ...movementRows(result).map((row) => ({ ...row, bottleneck: outermost }))].map(
    (row) => ({ ...row, name: terminalText(row.name), bottleneck: terminalText(row.bottleneck) }),
  );
  const longest = Math.max(...rows.map(({ name }) => name.length), "layer".length);
  const room = (most ?? Number.POSITIVE_INFINITY) - BESIDE;
  const names = Math.min(longest, Math.max(LEAST, room - LEAST));
  const free = most === undefined ? BAR : room - names;
  const width = Math.min(MOST, Math.max(LEAST, free));
  const largest = Math.max(...rows.map(({ share }) => share.edp));
  const columns = (texts: readonly string[]) => texts.map((text) => text.padStart(7)).join("  ");
  const head = `${"layer".padEnd(names)}  ${"EDP".padEnd(width)} ${columns(["EDP", "energy", "latency"])}  bottleneck`;
  return [
    dim(head),
    ...rows.map(({ name, share, bottleneck }) => {
      const bar = barText((width * share.edp) / largest);
      const shares = columns([share.edp, share.energy, share.latency].map(percent));
      return (
        `${shortened(name, names).padEnd(names)}  ${cyan(bar)}${" ".repeat(width - [...bar].length)} ${shares}  ` +
        `${bottleneck}`
      );
    }),
  ];
}

/** A bar of so many characters, to an eighth of one. */
export function barText(length: number): string {
  const eighths = Math.round(8 * length);
  return "█".repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8]!;
}
