import { fileName } from "@loopnest/report";
import type { Chart } from "@loopnest/report/charts";
import { save } from "./save.js";

/** Pixels of a PNG for each one of the chart: sharp on a slide. */
const SCALE = 2;

/** Saves a chart as a file of its own, black on white. @param subtitle What it is of. */
export async function saveChart(chart: Chart, subtitle: string, as: "svg" | "png"): Promise<void> {
  const { chartFile } = await import("@loopnest/report/charts");
  const svg = chartFile(chart, subtitle, document);
  const name = `${fileName(chart.name)}.${as}`;
  if (as === "svg") return save(name, svg, "image/svg+xml");
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = SCALE * image.width;
  canvas.height = SCALE * image.height;
  canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
  if (blob !== null) save(name, new Uint8Array(await blob.arrayBuffer()), "image/png");
}
