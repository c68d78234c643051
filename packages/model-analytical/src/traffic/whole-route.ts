import type { NestState } from "../state/nest-state.js";
import type { WordRoute } from "../state/word-route.js";
import { multicastHops } from "./multicast-hops.js";

/** Spatial loops and the mesh on which they place children: what the way of a word depends on. */
export interface Spread {
  /** Factors of the spatial loops of a level, innermost first. */
  readonly factors: readonly number[];
  /** Whether each of them moves the tensor: if not, its children hold the same tile. */
  readonly moves: readonly boolean[];
  /** Columns and rows of the hardware; more where the loops need them. */
  readonly columns: number;
  readonly rows: number;
}

const NO_HOPS: WordRoute = { hops: 0, routers: 1 };

/**
 * The way of a word at whole factors, where children hold the same tile only because their loops do not move it; a
 * state works out each once.
 */
export function wholeRoute(state: NestState, spread: Spread): WordRoute {
  const { factors, moves, columns, rows } = spread;
  if (factors.every((factor) => factor === 1)) return NO_HOPS;
  const key = `${columns},${rows},${factors.join()},${moves.join()}`;
  let route = state.routes.get(key);
  if (route === undefined) {
    const [hops] = multicastHops(childrenOf(spread), null, columns, rows).values();
    route = { hops: hops!, routers: 1 + Math.floor(hops!) };
    state.routes.set(key, route);
  }
  return route;
}

/** Children by the tile that they hold: see `spreadChildren`, whose offsets of windows do not matter here. */
function childrenOf({ factors, moves }: Spread) {
  const count = factors.reduce((product, factor) => product * factor, 1);
  const groupOf = new Int32Array(count);
  let laid = 1;
  let groupCount = 1;
  factors.forEach((factor, i) => {
    for (let k = 1; k < factor; k++) {
      for (let j = 0; j < laid; j++) groupOf[k * laid + j] = groupOf[j]! + (moves[i] ? k * groupCount : 0);
    }
    laid *= factor;
    if (moves[i]) groupCount *= factor;
  });
  return { count, groupOf, groupCount };
}
