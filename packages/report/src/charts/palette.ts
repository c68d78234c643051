/**
 * Colours that people with any colour vision can tell apart: Okabe and Ito, Color Universal Design (2008), without
 * black and yellow, which vanish on a dark or a light page. Custom properties, so that a page may set them otherwise.
 */
const COLORS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c8c8c"];

/** Lighter ones of the dark colours, for a dark page. */
const ON_DARK: Readonly<Record<number, string>> = { 0: "#3f9bdc", 2: "#1fbf92" };

/** How strongly the tensors of one level are painted, in their order. */
const STRENGTHS = [1, 0.7, 0.45, 0.25];

/** Data movement is painted in the colour of text, which no level has. */
export const MOVEMENT_STRENGTH = 0.45;

/** Colour of level `index`, outermost first; compute units come after the levels. */
export function levelColor(index: number): string {
  return `var(--level-${index % COLORS.length})`;
}

/** How strongly the tensor `index` of a level is painted: an opacity. */
export function tensorStrength(index: number): number {
  return STRENGTHS[index % STRENGTHS.length]!;
}

/** The definitions of all level colours, for a light and a dark page; `--page` is the colour of the page itself. */
export const paletteCss = `:root { --page: #ffffff; ${definitions(Object.entries(COLORS))} }
@media (prefers-color-scheme: dark) { :root { --page: #161616; ${definitions(Object.entries(ON_DARK))} } }`;

/** A chart's text with the colours of a light page written out, for programs that know no custom properties. */
export function withLightColors(svg: string): string {
  return svg
    .replace(/var\(--level-(\d+)\)/g, (_, index) => COLORS[Number(index)]!)
    .replaceAll("var(--page)", "#ffffff")
    .replaceAll("currentColor", "#1a1a1a");
}

function definitions(colors: readonly (readonly [index: string, color: string])[]): string {
  return colors.map(([index, color]) => `--level-${index}: ${color};`).join(" ");
}
