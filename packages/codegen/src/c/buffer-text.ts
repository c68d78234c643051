import type { Buffer } from "../nest/buffers.js";
import { movesOf } from "../nest/loops.js";
import { plainText } from "./names.js";

/** The definition of a buffer in C. */
export function bufferText(buffer: Buffer): string {
  const { tensor, levelName, parent, variable, extents, unrolled } = buffer;
  const instances = unrolled.reduce((product, loop) => product * loop.factor, 1);
  const inside = unrolled.filter((loop) => parent === undefined || loop.level >= parent.level);
  const axes = unrolled.map((loop) => `{${[loop.factor, ...movesOf(tensor, loop)].join(", ")}}`);
  const children = inside.reduce((product, loop) => product * loop.factor, 1);
  return [
    `static buffer ${variable} = {`,
    `  .level = "${plainText(levelName)}", .tensor = "${plainText(tensor.name)}", .parent = ` +
      `${parent ? `&${parent.variable}` : "NULL"},`,
    `  .is_output = ${tensor.role === "output" ? 1 : 0},`,
    `  .ranks = ${extents.length}, .extent = {${extents.length > 0 ? extents.join(", ") : "1"}},`,
    `  .instances = ${instances}, .children = ${children}, .axes = ${axes.length}, .axis = ` +
      `{${axes.length > 0 ? axes.join(", ") : "{1}"}},`,
    "};",
  ].join("\n");
}
