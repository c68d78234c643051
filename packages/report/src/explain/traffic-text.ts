import type { Evaluation } from "@loopnest/model-analytical";
import type { BoundaryTraffic } from "@loopnest/model-analytical/explain";
import { percent, quantity } from "../numbers/number-format.js";
import { plainTable } from "../tables/plain-table.js";
import { numbers } from "../tables/table.js";

/**
 * A row per tensor and boundary, one for the MACs, and one for the wires and the static energy of every level that has
 * any: words, vector accesses and the share of the energy.
 */
export function trafficLines(
  boundaries: readonly BoundaryTraffic[],
  evaluation: Evaluation,
  columns?: number,
): string[] {
  const { energyPj, computeEnergyPj, macs } = evaluation;
  const rows = boundaries.map((boundary) => [
    boundary.tensor,
    `${boundary.from} > ${boundary.to}`,
    quantity(boundary.readWords),
    sharedBy(boundary),
    boundary.updatedWords === 0 ? "" : quantity(boundary.updatedWords),
    quantity(boundary.vectorAccesses),
    quantity(boundary.energyPj / 1e6),
    percent(boundary.energyPj / energyPj),
  ]);
  const compute = ["", `${quantity(macs)} MACs`, "", "", "", "", quantity(computeEnergyPj / 1e6)];
  const table = plainTable(
    [
      ...[{ title: "tensor" }, { title: "boundary" }, numbers("words read"), numbers("each for")],
      ...[numbers("words back"), numbers("vector accesses"), numbers("uJ")],
      numbers("energy"),
    ],
    [...rows, [...compute, percent(computeEnergyPj / energyPj)], ...otherRows(evaluation)],
    columns,
  );
  return table.split("\n");
}

/** How many children a word of an input that is read once goes to, on average. */
function sharedBy({ readWords, receivedWords, updatedWords }: BoundaryTraffic): string {
  if (receivedWords === null || readWords === 0 || updatedWords > 0) return "";
  return quantity(receivedWords / readWords);
}

/** Wires with a price, and levels that leak. */
function otherRows({ networks, leakPj, energyPj }: Evaluation): string[][] {
  const row = (what: string, pj: number) => ["", what, "", "", "", "", quantity(pj / 1e6), percent(pj / energyPj)];
  return [
    ...Object.entries(networks).map(([between, tensors]) => {
      const pj = Object.values(tensors).reduce((sum, own) => sum + own.energyPj, 0);
      return row(`wires ${between.replace("->", " > ")}`, pj);
    }),
    ...Object.entries(leakPj)
      .filter(([, pj]) => pj > 0)
      .map(([level, pj]) => row(`static, ${level}`, pj)),
  ];
}
