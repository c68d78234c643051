import type { ObjectiveName } from "@loopnest/optimizers";

/** What a search can minimise, with units. Said here as well so that help does not have to load the searches. */
const OBJECTIVES: Readonly<Record<ObjectiveName, string>> = {
  edp: "uJ x cycles",
  energy: "uJ",
  latency: "cycles",
  edap: "uJ x cycles x mm2",
  area: "mm2",
};

/** Names of all objectives, the default first. */
export const objectives = Object.keys(OBJECTIVES) as ObjectiveName[];
