/** Targets whose RTL comes with the program. */
export const measuredTargets = ["systolic"] as const;

export type MeasuredTarget = (typeof measuredTargets)[number];
