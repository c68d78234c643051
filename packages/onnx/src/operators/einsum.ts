import { matmul } from "@loopnest/mapspace";
import type { Operation } from "../graph/operation.js";
import type { Outcome, Rule } from "../graph/outcome.js";
import { isKnown, times } from "../graph/value.js";
import { productOutcome } from "./products.js";

/** A product over named axes. One operand: moved or summed. Two: a stack of matrix products. */
const einsum: Rule = (operation) => {
  const { operands, result } = parsed(operation);
  const sizes = axisSizes(operation, operands);
  const shape = result.map(
    (axis) => sizes.get(axis) ?? operation.fail(`no operand has ${axis}`, "correct the equation"),
  );
  const output = operation.output(shape);
  if (operands.length === 1) return { kind: "movement", outputs: [output] };
  if (operands.length > 2) return manyOperands(operation, output);
  const [left, right] = operands as [string[], string[]];
  const product = (axes: readonly string[]) => axes.reduce((all, axis) => times(all, sizes.get(axis)!)!, 1);
  const in3 = (a: boolean, b: boolean, c: boolean) =>
    product(
      [...sizes.keys()].filter(
        (axis) => left.includes(axis) === a && right.includes(axis) === b && result.includes(axis) === c,
      ),
    );
  // An axis of one operand that the result lacks is summed before the product.
  const [batch, m, n, k] = [
    in3(true, true, true),
    in3(true, false, true),
    in3(false, true, true),
    in3(true, true, false),
  ];
  const layer = { problem: matmul({ name: operation.name, m, n, k, ...(batch > 1 && { batch }) }), count: 1 };
  return productOutcome([output], batch * m * n * k === 0 ? [] : [layer]);
};

/** Axes of the operands and of the result; `...` becomes numbered ones. */
function parsed(operation: Operation): { operands: string[][]; result: string[] } {
  const equation = operation.text("equation", "").replace(/\s/g, "");
  const [given, wanted] = equation.split("->") as [string, string?];
  const terms = given.split(",");
  if (terms.length !== operation.inputs.length) {
    operation.fail(
      `${equation} is for ${terms.length} operands, there are ${operation.inputs.length}`,
      "correct the equation",
    );
  }
  const ranks = terms.map((term, i) => operation.knownShape(i).length - term.replace("...", "").length);
  const dots = Math.max(0, ...ranks.filter((_, i) => terms[i]!.includes("...")));
  const axes = (term: string, own: number) =>
    term
      .split(/(\.\.\.)/)
      .flatMap((part) => (part === "..." ? Array.from({ length: own }, (_, i) => `.${dots - own + i}`) : [...part]));
  const operands = terms.map((term, i) => axes(term, ranks[i]!));
  const once = [...new Set(operands.flat())].filter(
    (axis) => operands.flat().filter((own) => own === axis).length === 1,
  );
  const implied = [
    ...operands.flat().filter((axis) => axis.startsWith(".")),
    ...once.filter((axis) => !axis.startsWith(".")).sort(),
  ];
  return { operands, result: wanted === undefined ? [...new Set(implied)] : axes(wanted, dots) };
}

function axisSizes(operation: Operation, operands: readonly string[][]): Map<string, number> {
  const sizes = new Map<string, number>();
  operands.forEach((axes, i) => {
    const shape = operation.knownShape(i);
    axes.forEach((axis, k) => {
      const before = sizes.get(axis) ?? 1;
      const own = shape[k] ?? operation.fail(`input ${i} has no axis ${axis}`, "correct the equation");
      if (before !== 1 && own !== 1 && before !== own) {
        operation.fail(`${axis} is ${before} and ${own}`, "check the sizes given for the inputs");
      }
      sizes.set(axis, Math.max(before, own));
    });
  });
  return sizes;
}

function manyOperands(operation: Operation, output: Outcome["outputs"][number]): Outcome {
  const known = isKnown(output.shape);
  const reason = `an einsum of ${operation.inputs.length} operands: its products are not counted`;
  return { kind: known ? "unknown" : "movement", outputs: [output], reason };
}

export const einsumRules: ReadonlyMap<string, Rule> = new Map([["Einsum", einsum]]);
