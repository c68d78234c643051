import { percent, quantity } from "../numbers/number-format.js";
import { objectiveTitle } from "../run/run-objective.js";
import type { RunResult } from "../run/run-result.js";
import { terminalText } from "../text/media.js";

/** What less area costs, and which sizes stand at their bounds: a line each, by name. */
export function nextRows(result: RunResult): (readonly [name: string, text: string])[] {
  const { next, within, value, totals, objective } = result;
  const title = objectiveTitle(objective.name);
  const rows: [string, string][] = [];
  if (within !== undefined) {
    const [least, ...ties] = within.bounds.map(({ of }) => objectiveTitle(of));
    const proven = within.bounds.every((bound) => (bound.lowerBound ?? 0) >= bound.value * (1 - 1e-9));
    const bound = within.bounds.map(({ of, lowerBound, value: own }) =>
      lowerBound === undefined || proven
        ? ""
        : `; no ${objectiveTitle(of)} below ${quantity(lowerBound)} (${percent(own / lowerBound - 1)})`,
    );
    rows.push([
      `within ${share(within.share)}`,
      `least ${[least, ...ties].join(", then ")}, ${more(value / within.value, title)} and ` +
        `${more(totals.areaMm2 / within.areaMm2, "area")} beside the best found (${quantity(within.value)}, ` +
        `${quantity(within.areaMm2)} mm2)${proven ? ": proven the least" : bound.join("")}`,
    ]);
  }
  for (const { within: own, value: there, areaMm2, hardware } of next?.smaller ?? []) {
    const sizes = Object.entries(hardware).map(([name, size]) => `${name} ${size}`);
    rows.push([
      `within ${share(own)}`,
      `${quantity(areaMm2)} mm2, ${more(there / value, title)}: --within ${share(own).replace(" ", "")} ` +
        `(${sizes.join(", ")})${there < value ? "; better than what was found: more --samples would pay" : ""}`,
    ]);
  }
  const atBound = next?.sizes.filter(({ bound }) => bound !== undefined) ?? [];
  if (atBound.length > 0) {
    rows.push([
      "at their bound",
      atBound.map(({ name, value: at, bound }) => `${name} ${at}, the ${bound}`).join("; "),
    ]);
  }
  const shrinking = next?.sizes.filter(({ smaller }) => smaller !== undefined) ?? [];
  if (shrinking.length > 0) {
    rows.push([
      "could shrink",
      shrinking.map(({ name, value: at, smaller }) => `${name} ${at} to ${smaller}`).join(", "),
    ]);
  }
  return rows;
}

/** The same for a terminal, under a heading; nothing if there is nothing to say. */
export function nextLines(result: RunResult): string[] {
  const rows = nextRows(result);
  if (rows.length === 0) return [];
  const width = Math.max(...rows.map(([name]) => name.length));
  return ["", ...rows.map(([name, text]) => terminalText(`${name.padEnd(width)}  ${text}`))];
}

function share(value: number): string {
  return `${Number((100 * value).toPrecision(6))} %`;
}

/** A ratio as what comes on top, or off: `+4.8 % EDP`. */
function more(ratio: number, what: string): string {
  const change = ratio - 1;
  return `${change < 0 ? "-" : "+"}${percent(Math.abs(change))} ${what}`;
}
