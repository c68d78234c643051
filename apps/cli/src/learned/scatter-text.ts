/** Characters for one, a few and many points at a place. */
const DENSITY = [" ", "·", "o", "O", "@"];

/**
 * Points on logarithmic axes as text, with the diagonal on which both values agree.
 *
 * @param points Pairs of across and up, all positive.
 */
export function scatterText(
  points: readonly (readonly [across: number, up: number])[],
  { across, up }: { readonly across: string; readonly up: string },
  width = 60,
  height = 20,
): string {
  const logs = points.map(([x, y]) => [Math.log10(x), Math.log10(y)] as const);
  const values = logs.flat();
  const low = Math.floor(Math.min(...values) * 2) / 2;
  const high = Math.max(low + 0.5, Math.ceil(Math.max(...values) * 2) / 2);
  const place = (log: number, cells: number) =>
    Math.min(cells - 1, Math.max(0, Math.floor(((log - low) / (high - low)) * cells)));
  const counts = Array.from({ length: height }, () => new Array<number>(width).fill(0));
  for (const [x, y] of logs) counts[place(y, height)]![place(x, width)]!++;
  const most = Math.max(...counts.flat());
  const character = (count: number) => {
    if (count === 0) return undefined;
    const step = most > 1 ? Math.log(count) / Math.log(most) : 0;
    return DENSITY[1 + Math.min(3, Math.floor(step * 4))];
  };
  const rows = counts.map((row, y) =>
    row
      .map(
        (count, x) => character(count) ?? (place(low + ((x + 0.5) / width) * (high - low), height) === y ? "." : " "),
      )
      .join(""),
  );
  const label = (log: number) => `1e${log}`.padStart(7);
  const lines = rows.reverse().map((row, i) => {
    const margin = i === 0 ? label(high) : i === height - 1 ? label(low) : " ".repeat(7);
    return `${margin} |${row.trimEnd()}`;
  });
  const axis = `${" ".repeat(8)}+${"-".repeat(width)}`;
  const ends = `${" ".repeat(9)}${`1e${low}`.padEnd(width - 6)}${`1e${high}`.padStart(6)}`;
  return [`${up} (up) against ${across}`, ...lines, axis, ends].join("\n");
}
