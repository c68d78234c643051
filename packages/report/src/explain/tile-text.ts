import type { LevelUse } from "@loopnest/model-analytical/explain";
import { percent, quantity } from "../numbers/number-format.js";
import { plainTable } from "../tables/plain-table.js";
import { numbers } from "../tables/table.js";
import { barText } from "../terminal/layer-bars.js";

/** Characters of a full buffer, where there is room for its tiles beside it, and on a narrow terminal. */
const [BAR, SHORT_BAR] = [24, 8];
const ROOM_FOR_TILES = 110;

/** A row per level: tiles of one instance against its capacity, instances and children in use. */
export function tileLines(levels: readonly LevelUse[], columns?: number): string[] {
  const bar = columns !== undefined && columns < ROOM_FOR_TILES ? SHORT_BAR : BAR;
  const table = plainTable(
    [
      ...[{ title: "level" }, { title: "full" }, numbers("")],
      ...[numbers("words"), numbers("of")],
      ...[{ title: "instances used" }, { title: "tiles (extent per rank)", wraps: true }],
    ],
    levels.map(({ level, tiles, usedWords, capacityWords, instances }) => [
      level,
      capacityWords === null ? "" : fillText(usedWords / capacityWords, bar),
      capacityWords === null ? "" : percent(usedWords / capacityWords),
      quantity(usedWords),
      capacityWords === null ? "no limit" : quantity(capacityWords),
      `${quantity(instances.used)} of ${quantity(instances.available)}`,
      tiles
        .map(
          ({ tensor, extents, bits }) =>
            `${tensor} ${extents.join("x") || "1"}${bits === null ? "" : ` of ${bits} bits`}`,
        )
        .join(", ") || "none",
    ]),
    columns,
  );
  return table.split("\n");
}

/** A bar of a buffer's fill, in so many characters; one that overflows ends in `>`. */
function fillText(share: number, bar: number): string {
  return share > 1 ? `${"█".repeat(bar)}>` : barText(bar * share).padEnd(bar, "·");
}
