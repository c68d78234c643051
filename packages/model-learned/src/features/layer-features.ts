import type { LoopNest, Machine, Mapspace } from "@loopnest/mapspace";
import { COUNTS, type ScheduleCounts } from "../schedule/counts.js";
import type { DriverName } from "../schedule/driver.js";
import type { UnitConstants } from "../schedule/machine-constants.js";
import { dimensionRoles } from "../schedule/roles.js";
import { scheduleCounts, scheduleForm } from "../schedule/schedule-counts.js";
import { RESOURCES, scheduleCycles, writeScheduleCycles } from "../schedule/schedule-cycles.js";
import { arrayEdges, readVariables, SPATIAL, VARIABLES, variablesGradient } from "../schedule/tiles.js";
import {
  ANALYTICAL,
  CYCLES,
  type Feature,
  type FeatureGroup,
  featureTable,
  MATRIX_PRODUCT,
  OUTSIDE_CALLS,
  PACKED,
  SHARE,
  SOURCES,
  VARIABLE,
} from "./feature-table.js";

/** Schedule and features of nests of one layer, one after the other. */
export interface LayerFeatures {
  readonly counts: ScheduleCounts;
  /** Whether the layer is a matrix product. */
  readonly isProduct: boolean;
  /** Log of the schedule's cycles. */
  readonly logSchedule: () => number;
  /** Log of the rows streamed through the array. */
  readonly logStreamedRows: () => number;
  /** Features in the order of `featureNames(groups)`. */
  readonly values: Float64Array;
  /**
   * All that features depend on, as `read` found it: equal points have equal features. The logarithm of the base
   * model's latency is last.
   */
  readonly point: Float64Array;
  /** So many numbers of a point, from the first, decide everything but `analytical` features. */
  readonly decisive: number;
  /** Reads the point of a nest. @param logAnalytical Log of the base model's latency for the same nest and machine. */
  read(nest: LoopNest, machine: Machine, logAnalytical: number): void;
  /** Writes the features of the point last read. */
  writePoint(exact: boolean): void;
  /** The two together. */
  write(nest: LoopNest, machine: Machine, logAnalytical: number, exact: boolean): void;
  /**
   * Adds derivatives with respect to log factors and the machine's instances, given those with respect to features and
   * to the logs of the schedule's cycles and of the rows streamed. Calls outside the image count as a fixed share of
   * all calls.
   *
   * @returns The derivative with respect to `logAnalytical`.
   */
  gradient(
    nest: LoopNest,
    machine: Machine,
    toValues: Float64Array,
    toLogSchedule: number,
    toLogStreamedRows: number,
    toFactors: Float64Array,
    toMachine: Machine,
  ): number;
}

/** Offset under the log of a share of calls that is mostly 0. */
const OUTSIDE_SCALE = 100;
const STREAMED_ROWS = COUNTS.indexOf("streamedRows");

/** Features of a layer under a driver, on a machine with given constants. */
export function layerFeatures(
  space: Mapspace,
  driver: DriverName,
  groups: readonly FeatureGroup[],
  constants: UnitConstants,
): LayerFeatures {
  const roles = dimensionRoles(space.problem, space.shape);
  const edges = arrayEdges(space.target, roles);
  const counts = scheduleCounts(space, roles, driver);
  const logConstants = roles.isMatrixProduct ? constants.product : constants.convolution;
  const cycles = scheduleCycles(scheduleForm(space.target, driver));
  const table = featureTable(groups, driver);
  const usedVariables = [...Array(VARIABLES).keys()].filter((v) => uses(table, VARIABLE + v));
  // The gemmini driver loads in every call, so that the order of calls does not count.
  const order = driver === "gemmini" ? 0 : space.shape.dims.length;
  const point = new Float64Array(VARIABLES + order + 1);
  const variables = point.subarray(0, VARIABLES);
  const analytical = point.length - 1;
  const values = new Float64Array(table.length);
  const sources = new Float64Array(SOURCES);
  const toSources = new Float64Array(SOURCES);
  const toCounts = toSources.subarray(0, COUNTS.length);
  const toVariables = toSources.subarray(VARIABLE, VARIABLE + VARIABLES);
  let counted = space.nest();

  /** Everything that features are made of. */
  const writeSources = () => {
    const { log, outsideCalls } = counts;
    sources.set(log);
    for (const v of usedVariables) sources[VARIABLE + v] = Math.log(variables[v]!);
    sources[PACKED] = counts.logPacked();
    sources.set(cycles.logShare, SHARE);
    sources[CYCLES] = cycles.logCycles;
    sources[ANALYTICAL] = point[analytical]!;
    sources[MATRIX_PRODUCT] = roles.isMatrixProduct ? 1 : 0;
    sources[OUTSIDE_CALLS] = Math.log1p((OUTSIDE_SCALE * outsideCalls) / Math.exp(log[0]!));
  };

  /** Passes derivatives by shares and cycles of the schedule on to its counts. */
  const throughSchedule = (toLogSchedule: number) => {
    let toCycles = toLogSchedule;
    for (let r = 0; r < RESOURCES.length; r++) {
      const toShare = toSources[SHARE + r]!;
      toCycles -= toShare;
      for (let c = 0; c < COUNTS.length; c++) toCounts[c]! += toShare * cycles.resourceByCount[r * COUNTS.length + c]!;
    }
    toCycles += toSources[CYCLES]!;
    for (let c = 0; c < COUNTS.length; c++) toCounts[c]! += toCycles * cycles.byCount[c]!;
  };

  return {
    counts,
    isProduct: roles.isMatrixProduct,
    logSchedule: () => cycles.logCycles,
    logStreamedRows: () => counts.log[STREAMED_ROWS]!,
    values,
    point,
    // Nor does how it unrolls a tile: it fills the array as far as the tile goes.
    decisive: driver === "gemmini" ? SPATIAL : analytical,
    read(nest, machine, logAnalytical) {
      readVariables(nest, machine, roles, edges, variables);
      if (order > 0) readOrder(nest, point.subarray(VARIABLES, VARIABLES + order));
      counted = nest;
      point[analytical] = logAnalytical;
    },
    write(nest, machine, logAnalytical, exact) {
      this.read(nest, machine, logAnalytical);
      this.writePoint(exact);
    },
    writePoint(exact) {
      counts.write(counted, variables, exact);
      writeScheduleCycles(counts.log, counts.outsideCalls, logConstants, cycles);
      writeSources();
      for (let f = 0; f < table.length; f++) {
        const { of, per } = table[f]!;
        let value = sources[of]!;
        for (const source of per) value -= sources[source]!;
        values[f] = value;
      }
    },
    gradient(nest, machine, toValues, toLogSchedule, toLogStreamedRows, toFactors, toMachine) {
      toSources.fill(0);
      toSources[STREAMED_ROWS] = toLogStreamedRows;
      for (let f = 0; f < table.length; f++) {
        const { of, per } = table[f]!;
        toSources[of]! += toValues[f]!;
        for (const source of per) toSources[source]! -= toValues[f]!;
      }
      throughSchedule(toLogSchedule);
      counts.gradient(nest, toCounts, toSources[PACKED]!, toVariables, toFactors);
      variablesGradient(nest, machine, roles, edges, toVariables, toFactors, toMachine);
      return toSources[ANALYTICAL]!;
    },
  };
}

function uses(table: readonly Feature[], source: number): boolean {
  return table.some(({ of, per }) => of === source || per.includes(source));
}

/**
 * Writes the dimensions of the outermost level's loops from the innermost, -1 behind the last; loops of one turn do not
 * count.
 */
function readOrder(nest: LoopNest, out: Float64Array): void {
  out.fill(-1);
  let at = 0;
  for (let i = nest.startTemporal[0]!; i < nest.end[0]!; i++) if (nest.factor[i]! !== 1) out[at++] = nest.dim[i]!;
}
