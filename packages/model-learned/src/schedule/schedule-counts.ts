import type { Mapspace, Target } from "@loopnest/mapspace";
import type { ScheduleCounts } from "./counts.js";
import type { DriverName } from "./driver.js";
import { gemminiCounts } from "./gemmini-counts.js";
import { plainCounts } from "./plain-counts.js";
import type { DimensionRoles } from "./roles.js";
import { plainForm, type ScheduleForm, sideBySide } from "./schedule-cycles.js";

/** Counts of a layer under a driver. */
export function scheduleCounts(space: Mapspace, roles: DimensionRoles, driver: DriverName): ScheduleCounts {
  return driver === "gemmini" ? gemminiCounts(roles) : plainCounts(space, roles);
}

/** What waits for what under a driver. */
export function scheduleForm(target: Target, driver: DriverName): ScheduleForm {
  return driver === "gemmini" ? sideBySide : plainForm(target);
}
