import { NARROW } from "../charts/chart.js";
import { paletteCss } from "../charts/palette.js";

/** The page's style: light or dark as the reader's system is, narrow screens included. */
export const pageStyle = `
:root { color-scheme: light dark; }
${paletteCss}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.25rem; max-width: 72rem; font: 15px/1.5 system-ui, sans-serif;
  background: var(--page); color: CanvasText; overflow-wrap: break-word; }
h1 { font-size: 1.5rem; margin: 0; }
h2 { font-size: 1.3rem; margin: 2.5rem 0 0.5rem; padding-top: 0.75rem;
  border-top: 1px solid color-mix(in srgb, CanvasText 25%, transparent); }
h3 { font-size: 1.1rem; margin: 2rem 0 0.5rem; }
p { margin: 0.25rem 0; }
.quiet { opacity: 0.8; font-size: 0.85rem; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: 0.75rem; margin: 1rem 0; }
dl > div { border: 1px solid color-mix(in srgb, CanvasText 20%, transparent); border-radius: 6px;
  padding: 0.5rem 0.75rem; }
dt { font-size: 0.8rem; opacity: 0.8; }
dd { margin: 0; font-size: 1.1rem; font-weight: 600; }
.notes { display: block; font-size: 0.85rem; }
.notes dd { font-size: inherit; font-weight: inherit; margin: 0 0 0.4rem; }
.legend { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; padding: 0; margin: 0.25rem 0; list-style: none;
  font-size: 0.85rem; }
.legend span { display: inline-block; width: 0.8rem; height: 0.8rem; margin-right: 0.35rem; vertical-align: -1px; }
figure { margin: 0; }
figure svg { display: block; max-width: 100%; height: auto; overflow: visible; }
.wide svg { width: 100%; }
.narrow { display: none; max-width: ${1.4 * NARROW}px; }
.narrow svg { width: 100%; }
nav { margin: 0.75rem 0 0; font-size: 0.85rem; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.2rem 1rem; margin: 0; padding: 0; list-style: none; }
a { color: inherit; text-decoration-color: color-mix(in srgb, CanvasText 40%, transparent);
  text-underline-offset: 2px; }
:target { scroll-margin-top: 0.5rem; }
summary:target, details:target > summary { font-weight: 600; }
@media (max-width: 760px) { .wide { display: none; } .narrow { display: block; } }
@media print { nav { display: none; } details::details-content { content-visibility: visible; }
  figure { break-inside: avoid; } }
.scroll { overflow-x: auto; margin: 0.5rem 0; }
table { border-collapse: collapse; font-size: 0.85rem; white-space: nowrap; }
th, td { padding: 0.2rem 0.8rem 0.2rem 0; text-align: left;
  border-bottom: 1px solid color-mix(in srgb, CanvasText 15%, transparent); }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
code, pre { font-family: ui-monospace, monospace; }
pre { margin: 0; font-size: 0.8rem; line-height: 1.4; overflow-x: auto; }
details { border-bottom: 1px solid color-mix(in srgb, CanvasText 15%, transparent); padding: 0.35rem 0; }
summary { cursor: pointer; }
.layer { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: 1rem;
  padding: 0.5rem 0; }
.layer > * { min-width: 0; }
`;
