/** What of fusion is searched, and how it is watched. */
export interface FusionOptions {
  /** Most layers of a segment; 3 unless given. */
  readonly longest?: number;
  /** How far above the optimum the answer may stay, as a fraction of it; 0 (nothing but rounding) unless given. */
  readonly gap?: number;
  /** Stops it: the best so far is returned, with what is proved. */
  readonly signal?: AbortSignal;
  /** Told whenever the best value or the bound has changed. */
  readonly onProgress?: (progress: FusionProgress) => void;
}

/** News from a search for the best segments. */
export interface FusionProgress {
  /** Best value so far of the network layer by layer, as long as that is searched, then fused; `null` if none fits. */
  readonly value: number | null;
  /** A value that none of that kind is below. */
  readonly lowerBound: number;
  readonly fused: boolean;
}
