import { COUNTS, type CountName } from "../schedule/counts.js";
import type { DriverName } from "../schedule/driver.js";
import { K, ROLES } from "../schedule/roles.js";
import { RESOURCES } from "../schedule/schedule-cycles.js";
import { COLUMNS, OUTER, ROWS, SPATIAL, VARIABLES } from "../schedule/tiles.js";

/**
 * What features are made of, by number: logs of counts, of variables, and of kernel columns packed into one pass; log
 * shares of the resources in the schedule's cycles; logs of these cycles and of the base model's latency; and what has
 * no derivative.
 */
export const VARIABLE = COUNTS.length;
export const PACKED = VARIABLE + VARIABLES;
export const SHARE = PACKED + 1;
export const CYCLES = SHARE + RESOURCES.length;
export const ANALYTICAL = CYCLES + 1;
export const MATRIX_PRODUCT = ANALYTICAL + 1;
export const OUTSIDE_CALLS = MATRIX_PRODUCT + 1;
export const SOURCES = OUTSIDE_CALLS + 1;

/**
 * Groups of features, all of them logs or flags that mean the same on an array of another size.
 *
 * `counts`: calls, and rows, bytes and commands per call. `array`: rows and columns of the array, and how well tiles
 * fill them. `driver`: what the driver does differently: matrix products, packed kernel columns, calls outside the
 * image. `bottleneck`: share of every resource in the schedule's cycles. `analytical`: the analytical latency over the
 * schedule's cycles. `tiles`: log tile and log number of tiles of every dimension.
 */
export const FEATURE_GROUPS = ["counts", "array", "driver", "bottleneck", "analytical", "tiles"] as const;
/** A group of features, which a calibration can leave out. */
export type FeatureGroup = (typeof FEATURE_GROUPS)[number];

/** A feature: a source, less others; as they are logs, one thing over others. */
export interface Feature {
  readonly name: string;
  readonly of: number;
  readonly per: readonly number[];
}

const count = (name: CountName) => COUNTS.indexOf(name);
const [rows, columns] = [VARIABLE + ROWS, VARIABLE + COLUMNS];
const feature = (name: string, of: number, ...per: number[]): Feature => ({ name, of, per });

/** How well a driver's tiles fill the array. */
const FILLS: Readonly<Record<DriverName, readonly Feature[]>> = {
  gemmini: [
    feature("rowFill", count("weightBytes"), count("preloads"), rows, columns),
    feature("columnFill", count("storeBytes"), count("storeRows"), columns),
    feature("streamFill", count("streamedRows"), count("computeCommands"), rows),
  ],
  plain: [
    feature("rowFill", count("preloads"), count("computeCommands"), rows),
    feature("columnFill", VARIABLE + SPATIAL + K, columns),
    feature("streamFill", count("streamedRows"), count("preloads")),
  ],
};

const TILED = ROLES.slice(0, 6);

/** The features of a group under a driver, whose names are the same under any. */
function groupFeatures(group: FeatureGroup, driver: DriverName): readonly Feature[] {
  if (group === "counts") {
    const [calls, ...others] = COUNTS;
    return [
      feature(calls, count(calls)),
      ...others.map((name) => feature(`${name}PerCall`, count(name), count(calls))),
    ];
  }
  if (group === "array") return [feature("rows", rows), feature("columnsPerRow", columns, rows), ...FILLS[driver]];
  if (group === "driver") {
    return [
      feature("matrixProduct", MATRIX_PRODUCT),
      feature("packedKernelColumns", PACKED),
      feature("callsOutsideImage", OUTSIDE_CALLS),
    ];
  }
  if (group === "bottleneck") return RESOURCES.map((resource, r) => feature(`${resource}Share`, SHARE + r));
  if (group === "analytical") return [feature("analyticalPerSchedule", ANALYTICAL, CYCLES)];
  return TILED.flatMap((role, r) => [
    feature(`tile${role}`, VARIABLE + r),
    feature(`tilesOf${role}`, VARIABLE + OUTER + r),
  ]);
}

/** The features of some groups under a driver, in the order in which a feature vector lists them. */
export function featureTable(groups: readonly FeatureGroup[], driver: DriverName): Feature[] {
  return FEATURE_GROUPS.filter((group) => groups.includes(group)).flatMap((group) => groupFeatures(group, driver));
}
