import { Failure } from "../errors/failure.js";

/** Pixels of a PNG for one of the SVG: sharp on paper and on dense screens. */
const SCALE = 2;

/** Turns SVG text into PNG bytes, with the fonts of the system. */
export interface Rasterizer {
  readonly png: (svg: string) => Uint8Array;
  /** Whether there is any font to write with; without one, pictures have no text. */
  readonly hasFonts: boolean;
}

/** @throws Failure where the native module is not installed for this system. */
export async function rasterizer(): Promise<Rasterizer> {
  const { Resvg } = await import("@resvg/resvg-js").catch((error: Error) => {
    throw new Failure(`PNG files need @resvg/resvg-js, which does not load here (${error.message}); use --format svg`);
  });
  const options = { font: { loadSystemFonts: true, defaultFontFamily: "DejaVu Sans" } };
  const probe = new Resvg(
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text y="9">x</text></svg>',
    options,
  );
  return {
    png: (svg) => new Resvg(svg, { ...options, fitTo: { mode: "zoom", value: SCALE } }).render().asPng(),
    hasFonts: probe.getBBox() !== undefined,
  };
}
