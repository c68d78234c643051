import { quantity } from "../numbers/number-format.js";
import type { DesignFigures } from "./figures.js";

/** All operators of one kind that are no layers, as one row of a table or chart. */
export interface MovementRow {
  /** `moved: Softmax`. */
  readonly name: string;
  readonly kind: string;
  readonly count: number;
  /** Of all executions. */
  readonly wordsRead: number;
  readonly wordsWritten: number;
  readonly energyUj: number;
  readonly latencyCycles: number;
  readonly share: { readonly energy: number; readonly latency: number; readonly edp: number };
}

/** What the operators that are no layers cost, a row for each kind, the dearest first. @internal */
export function movementRows({ dataMovement = [] }: Pick<DesignFigures, "dataMovement">): MovementRow[] {
  const kinds = [...new Set(dataMovement.map(({ kind }) => kind))];
  return kinds
    .map((kind) => {
      const own = dataMovement.filter((operator) => operator.kind === kind);
      const sum = (figure: (operator: (typeof own)[number]) => number) =>
        own.reduce((total, one) => total + figure(one), 0);
      return {
        name: `moved: ${kind}`,
        kind,
        count: sum(({ count }) => count),
        wordsRead: sum(({ count, wordsRead }) => count * wordsRead),
        wordsWritten: sum(({ count, wordsWritten }) => count * wordsWritten),
        energyUj: sum(({ count, energyPj }) => (count * energyPj) / 1e6),
        latencyCycles: sum(({ count, latencyCycles }) => count * latencyCycles),
        share: {
          energy: sum(({ share }) => share.energy),
          latency: sum(({ share }) => share.latency),
          edp: sum(({ share }) => share.edp),
        },
      };
    })
    .sort((a, b) => b.share.edp - a.share.edp);
}

/** Words that a row moves, where a layer has its loop nest. */
export function movedWords({ wordsRead, wordsWritten }: MovementRow): string {
  return `${quantity(wordsRead)} words read, ${quantity(wordsWritten)} written`;
}

/** The name of what is no layer. */
export const MOVEMENT = "data movement";
