/** How many measurements a round may spend, and on what. */
export interface RoundBudget {
  /** Designs that are searched and measured. */
  readonly designs: number;
  /** Proposals. */
  readonly proposals: number;
}

/** Share of all measurements that the first round's proposals take, and a later one's. */
const FIRST_SHARE = 0.35;
const LATER_SHARE = 0.1;
/** Designs of a later round, if there is room: with a penalty on uncertainty and without. */
const DESIGNS = 2;

/**
 * Parts the measurements: the first round spreads a third of them over the mapspace, leaving room for a design of the
 * second; later ones measure what searches find first, then what would teach most.
 *
 * @param all Measurements that are allowed.
 * @param left Those that are not spent.
 * @param shapes Shapes of layers: the measurements that a design takes at most.
 * @param designs Designs of the first round.
 * @returns `null` if no design can be measured any more.
 */
export function roundBudget(
  round: number,
  { all, left, shapes, designs }: { all: number; left: number; shapes: number; designs: number },
): RoundBudget | null {
  if (round === 0) {
    const room = left - (designs + 1) * shapes;
    const proposals = Math.max(shapes, Math.min(room, Math.round(FIRST_SHARE * all)));
    return { designs, proposals: Math.min(proposals, left - designs * shapes) };
  }
  const affordable = Math.min(DESIGNS, Math.floor(left / shapes));
  if (affordable === 0) return null;
  const room = left - affordable * shapes;
  return { designs: affordable, proposals: Math.min(room, Math.round(LATER_SHARE * all)) };
}

/** A better EDP is one that is so much better. */
const LEAST_GAIN = 0.01;
/** Rounds without one after which tuning ends. */
const PATIENCE = 2;

/**
 * Whether the last rounds have not made the best measured EDP better by 1 %.
 *
 * @param bests The best so far after every round; `null` as long as there is none.
 */
export function isSettled(bests: readonly (number | null)[]): boolean {
  const [before, after] = [bests.at(-1 - PATIENCE), bests.at(-1)];
  if (bests.length <= PATIENCE + 1 || before == null || after == null) return false;
  return after > before * (1 - LEAST_GAIN);
}
