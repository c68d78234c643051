import { MATMUL_TILE_UNIT } from "./driver.js";
import { C, type DimensionRoles, K, P, Q, R, ROLES } from "./roles.js";
import { OUTER, ROWS, type Variables } from "./tiles.js";

/** Tiles and their numbers as the gemmini driver runs them, with derivatives of their logs; see `effectiveTiles`. */
export interface EffectiveTiles {
  readonly tile: Float64Array;
  readonly count: Float64Array;
  /** Derivative of log tile (`3 * role`) with respect to log tile, log count and log rows of the array. */
  readonly tileSlope: Float64Array;
  readonly countSlope: Float64Array;
  /** Rows and columns of positions beyond the mapped ones, in one more tile each. */
  extra: number;
}

/** Memory for tiles, all zero. */
export function effectiveTiles(): EffectiveTiles {
  const size = ROLES.length;
  return {
    tile: new Float64Array(size),
    count: new Float64Array(size),
    tileSlope: new Float64Array(3 * size),
    countSlope: new Float64Array(3 * size),
    extra: 0,
  };
}

/**
 * Writes the tiles that the gemmini driver runs for the variables of a nest.
 *
 * Matrix products take `tile / 16` blocks of the array's edge (rounded down, at least one), as many as there are;
 * images are square, which multiplies the tiles of Q by P's bound over Q's, and kernels of even size add an extra tile
 * of one position to each of P and Q. Kinks where a matrix product's tile reaches one block or the whole bound.
 */
export function driverTiles(roles: DimensionRoles, variables: Variables, exact: boolean, out: EffectiveTiles): void {
  const { tile, count, tileSlope, countSlope } = out;
  tileSlope.fill(0);
  countSlope.fill(0);
  out.extra = 0;
  for (let role = 0; role < ROLES.length; role++) {
    tile[role] = variables[role]!;
    count[role] = variables[OUTER + role]!;
    tileSlope[3 * role] = 1;
    countSlope[3 * role + 1] = 1;
  }
  if (roles.isMatrixProduct) {
    const edge = variables[ROWS]!;
    for (const role of [P, K, C]) {
      const bound = tile[role]! * count[role]!;
      const units = tile[role]! / MATMUL_TILE_UNIT;
      const wanted = edge * Math.max(1, exact ? Math.floor(units) : units);
      const taken = Math.min(wanted, bound);
      const whole = wanted >= bound;
      const byTile = whole || units > 1 ? 1 : 0;
      const byCount = whole ? 1 : 0;
      tileSlope[3 * role] = byTile;
      tileSlope[3 * role + 1] = byCount;
      tileSlope[3 * role + 2] = 1 - byCount;
      countSlope[3 * role] = 1 - byTile;
      countSlope[3 * role + 1] = 1 - byCount;
      countSlope[3 * role + 2] = byCount - 1;
      count[role] = bound / taken;
      tile[role] = taken;
    }
    return;
  }
  const { bounds, stride } = roles;
  count[Q]! *= bounds[P]! / bounds[Q]!;
  const border = 2 * Math.floor(bounds[R]! / 2);
  const positions = Math.floor((bounds[P]! * stride[0] + border - bounds[R]!) / stride[0]) + 1;
  out.extra = Math.max(0, positions - bounds[P]!);
}
