import { escapeHtml } from "../text/media.js";
import { SWEEP_FIGURES, SWEEP_PAIRS, type SweepSummary } from "./sweep-design.js";
import { sweepNames, targetMark } from "./sweep-look.js";

/** More networks or targets than these are not chosen among by a box each. */
const MOST_BOXES = 24;

/**
 * Boxes for networks and targets: whatever is about one that is not chosen is hidden, in the table and in all charts.
 * The page has no script: its style shows what is chosen. Where a browser is too old for that, everything is shown.
 */
export function sweepFilters(sweep: SweepSummary): string {
  const { networks, targets } = sweepNames(sweep);
  return `<form class="choose">
${boxes("Networks", "network", networks)}
${boxes("Targets", "target", targets, (name, i) => `${targetMark(i)} ${name}`)}
</form>
<style>${style(networks.length, targets.length)}</style>`;
}

/** The choice of two figures; without script either. */
export function pairChoice(): string {
  const pairs = SWEEP_PAIRS.map(
    ([x, y], i) =>
      `<label><input type="radio" name="pair" id="pair-${i}"${i === 0 ? " checked" : ""}> ` +
      `${escapeHtml(`${SWEEP_FIGURES[y]} against ${SWEEP_FIGURES[x]}`)}</label>`,
  );
  return `<form class="choose">\n${fieldset("Two figures", pairs)}\n</form>`;
}

function boxes(
  title: string,
  kind: string,
  names: readonly string[],
  text = (name: string, _index: number): string => name,
): string {
  if (names.length > MOST_BOXES) return "";
  const items = names.map(
    (name, i) => `<label><input type="checkbox" id="${kind}-${i}" checked> ${escapeHtml(text(name, i))}</label>`,
  );
  return fieldset(title, items);
}

function fieldset(title: string, items: readonly string[]): string {
  return `<fieldset><legend>${title}</legend>${items.join("\n")}</fieldset>`;
}

function style(networks: number, targets: number): string {
  const hidden = (kind: string, count: number) =>
    Array.from({ length: count }, (_, i) => `body:has(#${kind}-${i}:not(:checked)) .${kind}-${i} { display: none; }`);
  return `
.choose fieldset { border: 0; padding: 0; margin: 0.5rem 0; font-size: 0.85rem; }
.choose legend { padding: 0; opacity: 0.8; }
.choose label { display: inline-block; margin-right: 1rem; }
.multiples { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 1rem; }
.multiples h4 { margin: 0; font-size: 0.9rem; }
.multiples svg { width: 100%; }
@supports selector(:has(a)) {
.pair { display: none; }
${SWEEP_PAIRS.map((_, i) => `body:has(#pair-${i}:checked) .pair-${i} { display: block; }`).join("\n")}
${[...hidden("network", networks), ...hidden("target", targets)].join("\n")}
}
@media print { .choose { display: none; } }
`;
}
