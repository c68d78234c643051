import type { Problem } from "@loopnest/mapspace";
import type { Buffer } from "../nest/buffers.js";
import { boundsOf, type Loop } from "../nest/loops.js";
import { plainText } from "./names.js";

/** Fills the inputs, and after the mapped nest compares the outputs with the plain one. */
export function referenceText(
  problem: Problem,
  loops: readonly Loop[],
  buffers: readonly (readonly Buffer[])[],
  identifier: (name: string) => string,
): { readonly fill: string; readonly compare: string } {
  const homes = buffers.map((own) => own[0]!);
  const inputs = homes.filter(({ tensor }) => tensor.role === "input");
  const outputs = homes.filter(({ tensor }) => tensor.role === "output");
  const bounds = boundsOf(problem, loops).map(([dim, bound]) => ({ dim, bound, variable: identifier(`all ${dim}`) }));
  const place = ({ variable, tensor }: Buffer) => {
    const ranks = tensor.ranks.map((rank) => {
      const terms = rank.map(([dim, coefficient]) => {
        const index = bounds.find((bound) => bound.dim === dim)!.variable;
        return coefficient === 1 ? index : `${coefficient} * ${index}`;
      });
      return terms.join(" + ") || "0";
    });
    return `slot(&${variable}, 0, (long[RANKS]){${ranks.join(", ") || "0"}})`;
  };
  const product = inputs.map((input) => `${input.variable}.data[${place(input)}]`).join(" * ") || "1";
  const heads = bounds.map(
    ({ dim, bound, variable }, i) =>
      `${"  ".repeat(i + 1)}for (long ${variable} = 0; ${variable} < ${bound}; ${variable}++)  // ${plainText(dim)}`,
  );
  const body = "  ".repeat(bounds.length + 1);
  return {
    fill: inputs
      .map(
        ({ variable }) =>
          `  for (long i = 0; i < tile_words(&${variable}); i++) ${variable}.data[i] = (i * 7 + i / 5) % 19 - 9;`,
      )
      .join("\n"),
    compare: outputs
      .map((output) => {
        const plain = identifier(`plain ${output.tensor.name}`);
        return [
          `  word *${plain} = zeroed((size_t)tile_words(&${output.variable}), sizeof(word));`,
          ...heads,
          `${body}${plain}[${place(output)}] += ${product};`,
          `  for (long i = 0; i < tile_words(&${output.variable}); i++) equal &= ${plain}[i] == ` +
            `${output.variable}.data[i];`,
          `  free(${plain});`,
        ].join("\n");
      })
      .join("\n"),
  };
}
