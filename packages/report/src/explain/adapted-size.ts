/** What another value of one size is worth. */
export interface AdaptedSize {
  readonly size: string;
  /** The value of the run, and another. */
  readonly from: number;
  readonly to: number;
  /** Objective over that of the run, mappings as they are; `null` if they do not fit. */
  readonly asIs: number | null;
  /**
   * The same after a local search from the run's mappings; `null` if it finds nothing that fits. There may be better
   * ones.
   */
  readonly adapted: number | null;
  /** Area over that of the run. */
  readonly area: number;
}
