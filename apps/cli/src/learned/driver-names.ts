import type { DriverName } from "@loopnest/model-learned";

/** Drivers of the learned model, here so that the command line knows them without loading it. */
export const driverNames: readonly DriverName[] = ["plain", "gemmini"];
