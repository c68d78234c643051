/** Words of DRAM of a network, layer by layer and fused, for every value of a hardware size. */
export interface FusionSlope {
  /** What was asked: network, target, other sizes. */
  readonly title: string;
  /** Name of the size. */
  readonly size: string;
  readonly points: readonly {
    readonly value: number;
    readonly apart: SlopeTotals;
    readonly fused: SlopeTotals;
  }[];
}

export interface SlopeTotals {
  /** Of the objective. */
  readonly value: number;
  readonly energyUj: number;
  readonly latencyCycles: number;
  readonly outermostWords: number;
}
