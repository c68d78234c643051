/** Words of one tensor at one level over the whole run, all instances in use together. */
export interface StepTensorCounts {
  readonly reads: number;
  readonly updates: number;
  readonly fills: number;
  /** Updates that write an output's word for the last time, at the outermost level that keeps it; 0 elsewhere. */
  readonly finished: number;
}

/** What `countBySteps` counts. */
export interface StepCounts {
  /** By level and tensor, kept tensors only; the same shape as in an `Evaluation`. */
  readonly levels: Readonly<Record<string, { readonly tensors: Readonly<Record<string, StepTensorCounts>> }>>;
  /** By tensor: words that children took from neighbours, below all levels together. Always 0 in `physical` mode. */
  readonly handedOver: Readonly<Record<string, number>>;
}

/** One tensor of a nest that is walked. Lists of levels are outermost first; entry `levelCount` is the MAC units. */
export interface LevelsOfTensor {
  readonly levelCount: number;
  readonly isOutput: boolean;
  readonly keeps: readonly boolean[];
  /** Instances in use. */
  readonly instances: readonly number[];
}
