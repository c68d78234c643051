import type { Layer } from "@loopnest/mapspace";
import type { Operation } from "../../operation/operation.js";
import type { Outcome } from "../../operation/outcome.js";
import type { Rule } from "../../operation/rule.js";
import { productLayer, productOutcome } from "../kinds/product.js";

/** Where the weights of the experts' products stand, and how many of their words are in one of the file. */
interface ExpertForm {
  readonly weightsAt: readonly [first: number, second: number, third: number];
  readonly packing: (operation: Operation) => number;
}

/**
 * A mixture of experts: every token goes through `k` of them, each a product that widens, perhaps a second one beside
 * it, and one that narrows. Which expert gets how many tokens depends on the data: counted as shared evenly by as many
 * experts as there is work for.
 */
const mixture =
  ({ weightsAt, packing }: ExpertForm): Rule =>
  (operation): Outcome => {
    const shape = operation.knownShape(0);
    const hidden = shape.at(-1)!;
    const [first, second, third] = weightsAt;
    const experts = operation.knownShape(first, 3)[0]!;
    const packed = packing(operation);
    const wide = otherSide(operation, first, hidden, packed);
    const narrow = otherSide(operation, second, hidden, packed);
    const beside = operation.optional(third) === null ? null : otherSide(operation, third, hidden, packed);
    const visits = operation.int("k", 1) * shape.slice(0, -1).reduce((product, size) => product * size, 1);
    const products = [
      { name: "fc1", sum: hidden, columns: wide },
      ...(beside === null ? [] : [{ name: "fc3", sum: hidden, columns: beside }]),
      { name: "fc2", sum: narrow, columns: hidden },
    ];
    const layers = shares(visits, experts).flatMap(({ rows, count }) =>
      products.map(({ name, sum, columns }): Layer | null => {
        const left = { stack: [], rows, sum };
        const layer = productLayer({ name: `${operation.name}-${name}`, left, right: { stack: [], sum, columns } });
        return layer === null ? null : { ...layer, count };
      }),
    );
    const reason = `every token through ${operation.int("k", 1)} of ${experts} experts, shared evenly`;
    return productOutcome([operation.output(shape)], layers, { reason });
  };

/** Visits to experts as even shares: how many experts have how many rows. */
function shares(visits: number, experts: number): { rows: number; count: number }[] {
  const active = Math.min(visits, experts);
  if (active === 0) return [];
  const rows = Math.floor(visits / active);
  const more = visits - active * rows;
  return [
    { rows: rows + 1, count: more },
    { rows, count: active - more },
  ].filter(({ count }) => count > 0);
}

/**
 * Weights of one expert are a matrix with the hidden size on one side, in rows or in columns: the size of the other
 * side.
 */
function otherSide(operation: Operation, index: number, hidden: number, packed: number): number {
  const [, rows, columns] = operation.knownShape(index, 3) as [number, number, number];
  if (columns * packed === hidden) return rows;
  if (rows === hidden) return columns * packed;
  return operation.fail(
    `experts of ${rows} x ${columns} for tokens of ${hidden} words`,
    "check the sizes given for the inputs",
  );
}

export const MoE = mixture({ weightsAt: [2, 4, 6], packing: () => 1 });

/** Weights of `expert_weight_bits` bits, as many as there is room for in a byte. */
export const QMoE = mixture({
  weightsAt: [2, 5, 8],
  packing: (operation) => Math.max(1, Math.floor(8 / operation.int("expert_weight_bits", 4))),
});
