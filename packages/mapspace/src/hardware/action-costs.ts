/** Cost of one level or of the MAC, as an Accelergy reference table gives it for a machine with fixed sizes. */
export interface LevelActions {
  /** One vector access, whichever it is; may be left out where all three kinds have an energy of their own. */
  readonly energyPerVectorAccessPj?: number;
  readonly readEnergyPj?: number;
  readonly fillEnergyPj?: number;
  readonly updateEnergyPj?: number;
  /** Static energy of one instance in use in a cycle; 0 unless given. */
  readonly leakPjPerCycle?: number;
  /** One instance. */
  readonly areaUm2?: number;
}

/** A user's own numbers per action: an energy table as a document. */
export interface ActionCosts {
  /** `actions` unless given. */
  readonly name?: string;
  readonly source?: string;
  /** By level name. */
  readonly levels: Readonly<Record<string, LevelActions>>;
  readonly mac: { readonly energyPj: number; readonly areaUm2?: number };
}
