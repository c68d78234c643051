import type { Mapping, Problem } from "@loopnest/mapspace";
import { buffersOf } from "../nest/buffers.js";
import { loopsOf } from "../nest/loops.js";
import { bufferText } from "./buffer-text.js";
import { identifiers, plainText } from "./names.js";
import { nestText } from "./nest-text.js";
import { referenceText } from "./reference-text.js";
import { runtimeText } from "./runtime.js";

/** Names that the program's own text uses. */
const TAKEN = [
  ...[
    "buffer",
    "word",
    "RANKS",
    "AXES",
    "tile_words",
    "zeroed",
    "whole",
    "prepare",
    "origin",
    "slot",
    "within",
    "next",
  ],
  ...[
    "seen",
    "take",
    "give",
    "leave",
    "enter",
    "operand",
    "accumulate",
    "main",
    "all",
    "equal",
    "unit",
    "product",
    "i",
  ],
  ...[
    "auto",
    "break",
    "case",
    "char",
    "const",
    "continue",
    "default",
    "do",
    "double",
    "else",
    "enum",
    "extern",
    "float",
  ],
  ...["for", "goto", "if", "inline", "int", "long", "register", "restrict", "return", "short", "signed", "sizeof"],
  ...[
    "static",
    "struct",
    "switch",
    "typedef",
    "union",
    "unsigned",
    "void",
    "volatile",
    "while",
    "NULL",
    "EOF",
    "stdin",
  ],
  ...[
    "stdout",
    "stderr",
    "printf",
    "puts",
    "exit",
    "abs",
    "div",
    "index",
    "read",
    "write",
    "free",
    "calloc",
    "linux",
    "unix",
  ],
];

/**
 * A mapped layer as a C program (C99) with explicit buffers: every level keeps one tile of its tensors in each of its
 * instances, and copies between the loops bring in what the next tile adds and take back the partial sums that it
 * lacks. Loops in space are marked; all instances work in step.
 *
 * The program fills the inputs, runs the mapped nest and the plain one, and prints a line of JSON for every tensor at
 * every level (words read, updated and filled, all instances together) and at the end `{"equal":true}` or, with exit
 * code 1, `{"equal":false}`. The words are those of real buffers: what `countBySteps` counts in mode `physical`.
 *
 * @param mapping Its factors make up the bounds that are run; levels outermost first.
 * @throws LoopnestError `unsupported` where the outermost level does not keep every tensor.
 */
export function layerProgram(problem: Problem, mapping: Mapping): string {
  const identifier = identifiers(TAKEN);
  const loops = loopsOf(mapping, identifier);
  const buffers = problem.tensors.map((tensor) => buffersOf(tensor, mapping, loops, identifier));
  const reference = referenceText(problem, loops, buffers, identifier);
  const all = buffers.flat();
  const held = all.filter((buffer) => buffer.holds);
  const sums = buffers.filter(([home]) => home!.tensor.role === "output");
  const flush = sums.flatMap((own) => own.filter((buffer) => buffer.holds && buffer.parent !== undefined).reverse());
  const axes = Math.max(...all.map((buffer) => buffer.unrolled.length));
  return `// ${plainText(problem.name)}: a layer as it is mapped, with every buffer and every copy.
// cc -std=c99 -O2 -Wall layer.c -o layer && ./layer

${runtimeText(Math.max(...all.map((buffer) => buffer.extents.length)), axes)}
${all.map(bufferText).join("\n")}

static void mapped(void) {
${nestText(mapping, loops, buffers)}
  // What is left goes up.
${flush.map(({ variable }) => `  leave(&${variable}, NULL);`).join("\n")}
}

int main(void) {
  buffer *all[] = {${held.map(({ variable }) => `&${variable}`).join(", ")}};
  int equal = 1;
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) prepare(all[i]);
${reference.fill}
  mapped();
${reference.compare}
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    printf("{\\"level\\":\\"%s\\",\\"tensor\\":\\"%s\\",\\"reads\\":%lld,\\"updates\\":%lld,\\"fills\\":%lld}\\n",
           all[i]->level, all[i]->tensor, all[i]->reads, all[i]->updates, all[i]->fills);
  }
  puts(equal ? "{\\"equal\\":true}" : "{\\"equal\\":false}");
  return equal ? 0 : 1;
}
`;
}
