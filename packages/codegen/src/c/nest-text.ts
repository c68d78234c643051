import type { Mapping } from "@loopnest/mapspace";
import type { Buffer } from "../nest/buffers.js";
import { type Loop, movesOf } from "../nest/loops.js";
import { plainText } from "./names.js";

/** The mapped nest: loops in time level by level, the copies between them, and the multipliers as loops in space. */
export function nestText(mapping: Mapping, loops: readonly Loop[], buffers: readonly (readonly Buffer[])[]): string {
  const lines: string[] = [];
  let depth = 1;
  const line = (text: string) => lines.push(`${"  ".repeat(depth)}${text}`);
  mapping.forEach(({ level, keeps }, l) => {
    line(`// ${plainText(level)}: keeps ${keeps.map(plainText).join(", ") || "nothing"}`);
    for (const { kind, level: own, dim, factor, variable } of loops) {
      if (kind !== "temporal" || own !== l) continue;
      line(`for (long ${variable} = 0; ${variable} < ${factor}; ${variable}++) {  // ${plainText(dim)} in time`);
      depth++;
    }
    for (const own of buffers) for (const text of copies(own, loops, l + 1)) line(text);
  });
  multiply(loops, buffers, (text, by = 0) => {
    if (by < 0) depth += by;
    line(text);
    if (by > 0) depth += by;
  });
  for (; depth > 1; ) {
    depth--;
    line("}");
  }
  return lines.join("\n");
}

/**
 * The copies that fill the buffer at a level, if the tensor has one there. What lies inside gives up its sums first.
 */
function copies(buffers: readonly Buffer[], loops: readonly Loop[], level: number): string[] {
  const filled = buffers.find((buffer) => buffer.level === level && buffer.holds);
  if (filled === undefined) return [];
  const moved = movedText(filled, loops, level);
  const inside = buffers.filter((buffer) => buffer.level >= level && buffer.holds).reverse();
  const leaving = filled.tensor.role === "output" ? inside.map(({ variable }) => `leave(&${variable}, ${moved});`) : [];
  return [...leaving, `enter(&${filled.variable}, ${moved});`];
}

function multiply(
  loops: readonly Loop[],
  buffers: readonly (readonly Buffer[])[],
  line: (text: string, by?: number) => void,
): void {
  const units = buffers.map((own) => own.at(-1)!);
  for (const { variable } of units) line(`${variable}.step++;`);
  const unrolled = loops.filter((loop) => loop.kind !== "temporal");
  for (const { variable, factor, dim, kind, level } of unrolled) {
    const where = `${plainText(dim)} in space: ${kind === "X" ? "columns" : "rows"} below level ${level}`;
    line(`for (long ${variable} = 0; ${variable} < ${factor}; ${variable}++) {  // ${where}`, 1);
  }
  const unit = unrolled.reduce(
    (text, { variable, factor }) => (text === "0" ? variable : `(${text}) * ${factor} + ${variable}`),
    "0",
  );
  line(`long unit = ${unit};`);
  const inputs = units.filter(({ tensor }) => tensor.role === "input");
  const product = inputs.map((buffer) => `operand(&${buffer.variable}, unit, ${movedText(buffer, loops)})`).join(" * ");
  line(`word product = ${product || "1"};`);
  for (const buffer of units) {
    if (buffer.tensor.role !== "output") continue;
    line(`accumulate(&${buffer.variable}, unit, ${movedText(buffer, loops)}, product);`);
  }
  for (const _ of unrolled) line("}", -1);
}

/** By how much the loops in time outside a level have moved a tensor's tile, rank by rank. */
function movedText({ tensor }: Buffer, loops: readonly Loop[], level = Number.POSITIVE_INFINITY): string {
  const sums = tensor.ranks.map((_, r) => {
    const terms = loops
      .filter((loop) => loop.kind === "temporal" && loop.level < level && movesOf(tensor, loop)[r] !== 0)
      .map((loop) =>
        movesOf(tensor, loop)[r] === 1 ? loop.variable : `${movesOf(tensor, loop)[r]} * ${loop.variable}`,
      );
    return terms.join(" + ") || "0";
  });
  return `(long[RANKS]){${sums.join(", ") || "0"}}`;
}
