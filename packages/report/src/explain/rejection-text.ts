import type { Mapping, Problem } from "@loopnest/mapspace";
import type { Change, LevelUse, NearestMapping, Place, RejectionExplanation } from "@loopnest/model-analytical/explain";
import { loopNestLines, type TileWords } from "../nests/loop-nest-text.js";
import { quantity } from "../numbers/number-format.js";
import { terminalText } from "../text/media.js";
import type { TextStyle } from "../text/text-style.js";
import { tileLines } from "./tile-text.js";

/** A mapping that does not fit, explained for people: everything that is wrong, and the nearest mapping that fits. */
export function rejectionText(
  problem: Problem,
  mapping: Mapping,
  explanation: RejectionExplanation,
  style: TextStyle,
): string {
  const { reasons, levels, nearest } = explanation;
  const { bold, dim, red } = style;
  return [
    `${bold(terminalText(problem.name))} ${red("does not fit")}`,
    ...reasons.map(({ code, problem: what }) => `  ${code}: ${terminalText(what)}`),
    "",
    dim("loop nest, outermost first; levels with the words that one instance would hold"),
    ...loopNestLines(mapping, tilesOf(levels)),
    "",
    dim("what one instance would hold, and what it can hold"),
    ...tileLines(levels, style.columns),
    "",
    ...(nearest === null ? ["no mapping that fits was found"] : nearestLines(nearest, style)),
  ].join("\n");
}

function nearestLines({ mapping, evaluation, changes, moves, proven }: NearestMapping, { bold }: TextStyle): string[] {
  const distance = `${moves} ${moves === 1 ? "move" : "moves"} away${proven ? "" : " (a nearer one may exist)"}`;
  return [
    `${bold("the nearest mapping that fits")}, ${distance}: ${quantity(evaluation.energyPj / 1e6)} uJ, ` +
      `${quantity(evaluation.cycles)} cycles`,
    ...changes.map((change) => `  ${terminalText(changeText(change))}`),
    "",
    ...loopNestLines(mapping, evaluation.levels),
  ];
}

/** A part of the way to the nearest mapping, for people. */
export function changeText(change: Change): string {
  if ("tensor" in change) {
    return change.kept ? `keep ${change.tensor} at ${change.level}` : `let ${change.tensor} pass ${change.level} by`;
  }
  const { dim, factor, from, to } = change;
  if (from === null) return `add a factor ${factor} of ${dim} to ${placeText(to!)}`;
  if (to === null) return `take a factor ${factor} of ${dim} away from ${placeText(from)}`;
  return `move a factor ${factor} of ${dim} from ${placeText(from)} to ${placeText(to)}`;
}

function placeText({ level, kind }: Place): string {
  if (kind === "temporal") return `the loops of ${level}`;
  return `the ${kind === "X" ? "columns" : "rows"} below ${level}`;
}

function tilesOf(levels: readonly LevelUse[]): TileWords {
  return Object.fromEntries(
    levels.map(({ level, tiles }) => [
      level,
      { tensors: Object.fromEntries(tiles.map(({ tensor, words }) => [tensor, { utilizedCapacity: words }])) },
    ]),
  );
}
