import type { LoopNest, Machine, Mapspace } from "@loopnest/mapspace";
import { COUNTS, type ScheduleCounts } from "../schedule/counts.js";
import type { DriverName } from "../schedule/driver.js";
import { dimensionRoles, K } from "../schedule/roles.js";
import { scheduleCounts, scheduleForm } from "../schedule/schedule-counts.js";
import { RESOURCES, scheduleCycles, writeScheduleCycles } from "../schedule/schedule-cycles.js";
import {
  arrayEdges,
  COLUMNS,
  OUTER,
  ROWS,
  readVariables,
  SPATIAL,
  VARIABLES,
  variablesGradient,
} from "../schedule/tiles.js";
import { FEATURE_GROUPS, type FeatureGroup, featureNames } from "./feature-names.js";

/** Schedule and features of nests of one layer, one after the other. */
export interface LayerFeatures {
  readonly counts: ScheduleCounts;
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

/** Features of a layer under a driver, on a machine with given (log) constants. */
export function layerFeatures(
  space: Mapspace,
  driver: DriverName,
  groups: readonly FeatureGroup[],
  logConstants: Float64Array,
): LayerFeatures {
  const roles = dimensionRoles(space.problem, space.shape);
  const edges = arrayEdges(space.target, roles);
  const counts = scheduleCounts(space, roles, driver);
  const cycles = scheduleCycles(scheduleForm(space.target, driver));
  // The gemmini driver loads in every call, so that the order of calls does not count.
  const order = driver === "gemmini" ? 0 : space.shape.dims.length;
  const point = new Float64Array(VARIABLES + order + 1);
  const variables = point.subarray(0, VARIABLES);
  const analytical = point.length - 1;
  const values = new Float64Array(featureNames(groups).length);
  const toVariables = new Float64Array(VARIABLES);
  const toCounts = new Float64Array(COUNTS.length);
  const chosen = FEATURE_GROUPS.filter((group) => groups.includes(group));
  const count = Object.fromEntries(COUNTS.map((name, c) => [name, c])) as Record<(typeof COUNTS)[number], number>;
  const tileRoles = 6;
  let counted = space.nest();

  return {
    counts,
    logSchedule: () => cycles.logCycles,
    logStreamedRows: () => counts.log[count.streamedRows]!,
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
      const { log } = counts;
      const logRows = Math.log(variables[ROWS]!);
      const logColumns = Math.log(variables[COLUMNS]!);
      let at = 0;
      const put = (value: number) => {
        values[at++] = value;
      };
      for (const group of chosen) {
        if (group === "counts") {
          put(log[0]!);
          for (let c = 1; c < log.length; c++) put(log[c]! - log[0]!);
        } else if (group === "array") {
          put(logRows);
          put(logColumns - logRows);
          if (driver === "plain") {
            put(log[count.preloads]! - log[count.computeCommands]! - logRows);
            put(Math.log(variables[SPATIAL + K]!) - logColumns);
            put(log[count.streamedRows]! - log[count.preloads]!);
          } else {
            put(log[count.weightBytes]! - log[count.preloads]! - logRows - logColumns);
            put(log[count.storeBytes]! - log[count.storeRows]! - logColumns);
            put(log[count.streamedRows]! - log[count.computeCommands]! - logRows);
          }
        } else if (group === "driver") {
          put(roles.isMatrixProduct ? 1 : 0);
          put(counts.logPacked());
          put(Math.log1p((OUTSIDE_SCALE * counts.outsideCalls) / Math.exp(log[0]!)));
        } else if (group === "bottleneck") {
          for (let r = 0; r < RESOURCES.length; r++) put(cycles.logShare[r]!);
        } else if (group === "analytical") put(point[analytical]! - cycles.logCycles);
        else {
          for (let role = 0; role < tileRoles; role++) {
            put(Math.log(variables[role]!));
            put(Math.log(variables[OUTER + role]!));
          }
        }
      }
    },
    gradient(nest, machine, toValues, toLogSchedule, toLogStreamedRows, toFactors, toMachine) {
      toVariables.fill(0);
      toCounts.fill(0);
      toCounts[count.streamedRows] = toLogStreamedRows;
      let toPacked = 0;
      let toCycles = toLogSchedule;
      let toAnalytical = 0;
      let at = 0;
      const take = () => toValues[at++]!;
      const ratio = (over: number, under: number, g: number) => {
        toCounts[over]! += g;
        toCounts[under]! -= g;
      };
      for (const group of chosen) {
        if (group === "counts") {
          toCounts[0]! += take();
          for (let c = 1; c < toCounts.length; c++) ratio(c, 0, take());
        } else if (group === "array") {
          toVariables[ROWS]! += take();
          const skew = take();
          const [rowFill, columnFill, streamFill] = [take(), take(), take()];
          toVariables[COLUMNS]! += skew - columnFill;
          toVariables[ROWS]! -= skew + rowFill;
          if (driver === "plain") {
            toVariables[SPATIAL + K]! += columnFill;
            ratio(count.preloads, count.computeCommands, rowFill);
            ratio(count.streamedRows, count.preloads, streamFill);
          } else {
            toVariables[COLUMNS]! -= rowFill;
            toVariables[ROWS]! -= streamFill;
            ratio(count.weightBytes, count.preloads, rowFill);
            ratio(count.storeBytes, count.storeRows, columnFill);
            ratio(count.streamedRows, count.computeCommands, streamFill);
          }
        } else if (group === "driver") {
          take();
          toPacked += take();
          take();
        } else if (group === "bottleneck") {
          for (let r = 0; r < RESOURCES.length; r++) {
            const g = take();
            toCycles -= g;
            for (let c = 0; c < toCounts.length; c++) {
              toCounts[c]! += g * cycles.resourceByCount[r * toCounts.length + c]!;
            }
          }
        } else if (group === "analytical") {
          toAnalytical = take();
          toCycles -= toAnalytical;
        } else {
          for (let role = 0; role < tileRoles; role++) {
            toVariables[role]! += take();
            toVariables[OUTER + role]! += take();
          }
        }
      }
      for (let c = 0; c < toCounts.length; c++) toCounts[c]! += toCycles * cycles.byCount[c]!;
      counts.gradient(nest, toCounts, toPacked, toVariables, toFactors);
      variablesGradient(nest, machine, roles, edges, toVariables, toFactors, toMachine);
      return toAnalytical;
    },
  };
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
