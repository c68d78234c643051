/**
 * Words a cycle of one instance: one port for everything, or a read and a write port, of which one may be left out;
 * `null` and what is left out are unlimited.
 */
export type Bandwidth =
  | { readonly shared: number }
  | { readonly read: number; readonly write: number }
  | { readonly read: number }
  | { readonly write: number }
  | null;

/** Energies of the wires below one instance of a level, to the level inside or to the MAC units; each 0 if left out. */
export interface NetworkPrices {
  /** Of one word over one hop, from child to child along the mesh. */
  readonly hopEnergyPj?: number;
  /** Of one word through one router. */
  readonly routerEnergyPj?: number;
  /** Of one word that enters the network, whatever number of children takes it. */
  readonly ingressEnergyPj?: number;
}

/** A storage level. All sizes and costs are those of one instance. */
export interface StorageLevel {
  readonly name: string;
  /** Tensors the hardware can hold here; a mapping keeps a subset of them. */
  readonly keeps: readonly string[];
  readonly wordBits: number;
  /**
   * Bits of an element held here, by tensor, where they are not what the problem says: at least those. For an output,
   * of a partial sum (a finished one at the outermost level that keeps it).
   */
  readonly bits?: Readonly<Record<string, number>>;
  /** Words of one vector access (a row). */
  readonly blockSize: number;
  /** `null` is unlimited. */
  readonly capacityWords: number | null;
  readonly bandwidthWordsPerCycle: Bandwidth;
  readonly instances: number;
  /** Columns of all instances together; rows are `instances / meshX`. */
  readonly meshX: number;
  /** Energy of one vector access: reads, fills and updates alike, unless they have energies of their own. */
  readonly energyPerVectorAccessPj?: number;
  readonly readEnergyPj?: number;
  readonly fillEnergyPj?: number;
  readonly updateEnergyPj?: number;
  /** Static energy of one instance in a cycle; instances that no mapping uses are power-gated. 0 if left out. */
  readonly leakPjPerCycle?: number;
  /** Tiles that an instance holds of each tensor at a time: they share its capacity. 1 if left out. */
  readonly multipleBuffering?: number;
  /** Instances side by side that share a row, so that one access serves them all. 1 if left out. */
  readonly clusterSize?: number;
  /** Wires to the level inside; their energy is not counted if left out. */
  readonly network?: NetworkPrices;
  readonly areaPerInstanceUm2: number;
}

/** The multiply-accumulate units, below the innermost storage level. */
export interface Compute {
  readonly instances: number;
  readonly meshX: number;
  /** Energy of one multiply-accumulate. */
  readonly energyPj: number;
  readonly areaPerInstanceUm2: number;
}

/** A machine with all sizes fixed: storage levels, outermost (DRAM) first, down to the compute units. */
export interface Architecture {
  readonly name: string;
  readonly levels: readonly StorageLevel[];
  readonly compute: Compute;
}

/** Physical fan-out below a level: children of one instance, in columns and rows. */
export interface FanOut {
  readonly x: number;
  readonly y: number;
}

/** Fan-out below level `index`: (inner columns / own columns, inner rows / own rows). @internal */
export function fanOut(architecture: Architecture, index: number): FanOut {
  const own = architecture.levels[index]!;
  const inner = architecture.levels[index + 1] ?? architecture.compute;
  return {
    x: inner.meshX / own.meshX,
    y: inner.instances / inner.meshX / (own.instances / own.meshX),
  };
}
