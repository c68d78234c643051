import { levelColor, tensorStrength } from "@loopnest/report";
import type { NestNode } from "../nest/store-nodes.js";
import { comesAt } from "./shown-times.js";
import { type Track, tileAt } from "./tracks.js";

const ROW = 15;
const NAMES = 150;
const WIDTH = 1000;
/** Steps that are drawn at once. */
const WINDOW = 24;

interface TimeLineProps {
  readonly tracks: readonly Track[];
  readonly times: readonly number[];
  readonly cycle: number;
  readonly nodes: readonly NestNode[];
}

/** The tracks around a cycle, a row for each tensor of each level, a box for each tile while it stays. */
export function TimeLine({ tracks, times, cycle, nodes }: TimeLineProps) {
  const here = times.indexOf(cycle);
  const firstShown = Math.max(0, here - WINDOW / 2);
  const lastShown = Math.min(times.length - 1, here + WINDOW / 2);
  const [from, last] = [times[firstShown]!, times[lastShown]!];
  const to = Math.max(last, from + 1) + Math.max(1, (last - from) / WINDOW);
  const x = (time: number) => NAMES + ((WIDTH - NAMES) * (Math.min(to, Math.max(from, time)) - from)) / (to - from);
  const tensors = [...new Set(tracks.map(({ tensor }) => tensor))];
  return (
    <svg
      class="time-line"
      viewBox={`0 0 ${WIDTH} ${ROW * tracks.length + 8}`}
      role="img"
      aria-label="Tiles over cycles"
    >
      {tracks.map((track, row) => {
        const comings = times.slice(firstShown, lastShown + 1).filter((time) => time > from && comesAt(track, time));
        const shown = [from, ...comings].map((time) => tileAt(track, time));
        return (
          <g key={`${track.level} ${track.tensor}`}>
            <text x={NAMES - 8} y={ROW * row + 13} text-anchor="end">
              {nodes[track.level]!.name} {track.tensor}
            </text>
            {shown.map((tile) => (
              <rect
                key={tile.from}
                x={x(tile.from) + 0.5}
                y={ROW * row + 3}
                width={Math.max(0.8, x(tile.until) - x(tile.from) - 1)}
                height={ROW - 3}
                rx="2"
                fill={levelColor(nodes[track.level]!.level)}
                fill-opacity={tensorStrength(tensors.indexOf(track.tensor))}
              />
            ))}
          </g>
        );
      })}
      <line x1={x(cycle)} x2={x(cycle)} y1="0" y2={ROW * tracks.length + 8} class="now" />
    </svg>
  );
}
