/**
 * How loop orders are chosen during the descent: `fixed`, as the start finds them best; `iterated`, re-chosen every
 * `reorderEvery` steps; `gumbel`, the same with random noise on their log costs; `softmax`, all at once, weighted.
 */
export type OrderStrategy = "fixed" | "iterated" | "gumbel" | "softmax";

/** The settings of the descent that measurements have decided; docs/descent.md shows what each is worth. */
export interface DescentTuning {
  /** Whether the first start has all loops at the outermost level; the others are random. */
  readonly outermostStart: boolean;
  /** Share of all samples that the start points together may spend. */
  readonly startShare: number;
  /** How many of the starts' designs go on, each with this share of what is left; the best then takes the rest. */
  readonly contenders: number;
  readonly contenderShare: number;
  /** Share of a start's samples for gradient steps, at most `maxSteps`; the rest polishes their outcome. */
  readonly gradientShare: number;
  readonly maxSteps: number;
  /** Step in log factors at the start of the gradient steps; it falls along half a cosine. */
  readonly rate: number;
  /** How loop orders are chosen during the gradient steps, and every how many steps. */
  readonly orders: OrderStrategy;
  readonly reorderEvery: number;
  /** Of softmax weights and Gumbel noise, in units of log EDP. */
  readonly temperature: number;
  /**
   * Share of the work after the gradient steps for trials of another hardware. What both shares leave is for
   * layers shaken where they are.
   */
  readonly hardwareShare: number;
  /** Share of the work for mappings changed as if hardware were no limit, and the hardware follows. */
  readonly growthShare: number;
  /** A hardware whose quick outcome is within this factor of the best is worked out. */
  readonly promising: number;
  /** Layers shaken in a row, each by 1 to `strength` random moves. */
  readonly shakenLayers: number;
  readonly strength: number;
  /** Whether layers are improved by swaps of factors between tiles, or by single moves only. */
  readonly swaps: boolean;
}

/** What `descent` uses. */
export const defaultTuning: DescentTuning = {
  outermostStart: true,
  startShare: 0.3,
  contenders: 3,
  contenderShare: 0.2,
  gradientShare: 0.5,
  maxSteps: 500,
  rate: 0.1,
  orders: "iterated",
  reorderEvery: 50,
  temperature: 0.5,
  hardwareShare: 0.3,
  growthShare: 0.2,
  promising: 1.005,
  shakenLayers: 4,
  strength: 6,
  swaps: true,
};
