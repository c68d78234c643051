import { type Layer, matmul } from "@loopnest/mapspace";
import type { Operation } from "../../operation/operation.js";
import type { Rule } from "../../operation/rule.js";
import { productOutcome } from "../kinds/product.js";

/**
 * A product over named axes. One operand: moved or summed. Several: a stack of matrix products for each operand after
 * the first, from left to right.
 */
export const Einsum: Rule = (operation) => {
  const { operands, result } = parsed(operation);
  const sizes = axisSizes(operation, operands);
  const shape = result.map(
    (axis) => sizes.get(axis) ?? operation.fail(`no operand has ${axis}`, "correct the equation"),
  );
  const output = operation.output(shape);
  if (operands.length === 1) return { kind: "movement", outputs: [output] };
  const layers: (Layer | null)[] = [];
  let left = operands[0]!;
  const rest = operands.slice(1);
  for (const [i, right] of rest.entries()) {
    const later = new Set([...result, ...rest.slice(i + 1).flat()]);
    layers.push(contraction(operation.name, left, right, later, sizes));
    left = [...new Set([...left, ...right])].filter((axis) => later.has(axis));
  }
  const reason = operands.length > 2 ? { reason: "one product for each operand, from left to right" } : {};
  return productOutcome([output], layers, reason);
};

/** The product of two operands; an axis of one of them that nothing needs later is summed before. */
function contraction(
  name: string,
  left: readonly string[],
  right: readonly string[],
  later: ReadonlySet<string>,
  sizes: ReadonlyMap<string, number>,
): Layer | null {
  const bound = (isLeft: boolean, isRight: boolean, isKept: boolean) =>
    [...sizes]
      .filter(
        ([axis]) => left.includes(axis) === isLeft && right.includes(axis) === isRight && later.has(axis) === isKept,
      )
      .reduce((product, [, size]) => product * size, 1);
  const batch = bound(true, true, true);
  const [m, n, k] = [bound(true, false, true), bound(false, true, true), bound(true, true, false)];
  if (batch * m * n * k === 0) return null;
  return { problem: matmul({ name, m, n, k, ...(batch > 1 && { batch }) }), count: 1 };
}

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
