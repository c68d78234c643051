/** What people run today, and how fast it is. */
export interface OtherTool {
  readonly name: string;
  /** Evaluations of one layer's mapping a second, on one thread. */
  readonly perSecond: readonly [least: number, most: number];
  readonly what: string;
  /** Where the tool is described. */
  readonly paper: string;
}

const TIMELOOP = "Parashar et al., Timeloop (ISPASS 2019)";

/**
 * Figures that users of these tools have measured, on machines and problems of their own. They are quoted as this
 * project's requirements quote them, and were not measured again for this comparison: take the order of magnitude.
 */
export const otherTools: readonly OtherTool[] = [
  {
    name: "timeloop-model",
    perSecond: [1000 / 13, 1000 / 13],
    what: "runs of the program, 13 ms each",
    paper: TIMELOOP,
  },
  { name: "ZigZag", perSecond: [110, 171], what: "evaluations", paper: "Mei et al., ZigZag (IEEE TC 2021)" },
  { name: "timeloop-mapper", perSecond: [150, 1800], what: "valid mappings a thread", paper: TIMELOOP },
  {
    name: "FactorFlow",
    perSecond: [11_000, 31_000],
    what: "evaluations",
    paper: "Ronzani and Silvano, FactorFlow (ASP-DAC 2025)",
  },
];
