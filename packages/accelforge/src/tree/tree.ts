/** A storage level, outermost first in its architecture. Energies are those of one bit. */
export interface TreeLevel {
  readonly name: string;
  /** pJ a bit. */
  readonly readEnergy: number;
  readonly writeEnergy: number;
  /** Bits a cycle of one instance; reads and writes take turns at one port. */
  readonly readBandwidth: number;
  readonly writeBandwidth: number;
  /** pJ a cycle, of all instances; 0 if left out. */
  readonly leak?: number | undefined;
  /** Bits that one instance holds; unlimited if left out. */
  readonly sizeBits?: number | undefined;
  /** The mesh in front of the level: its dimensions, outermost first. */
  readonly spatial?: readonly MeshDimension[] | undefined;
}

/** One dimension of a mesh: the words of any tensor may be multicast and reduced along it. */
export interface MeshDimension {
  readonly name: string;
  readonly fanout: number;
}

/** Storage levels down to the compute units. */
export interface TreeArchitecture {
  readonly name: string;
  readonly levels: readonly TreeLevel[];
  /** `energy` in pJ of one multiply-accumulate; `throughput` in multiply-accumulates a cycle of one unit. */
  readonly compute: { readonly name: string; readonly energy: number; readonly throughput: number };
}

/** How an Einsum indexes a tensor: every rank is a sum of rank variables, such as `m` or `y + s` or `2*y + s`. */
export interface Access {
  readonly tensor: string;
  readonly proj: readonly string[];
}

/** One operator: the output is the sum over all rank variables that it lacks of the product of the inputs. */
export interface Einsum {
  readonly name: string;
  readonly inputs: readonly Access[];
  readonly output: Access;
}

/** Einsums in the order in which they run, sizes of the rank variables, and bits of the tensors (1 unless given). */
export interface Cascade {
  readonly name: string;
  readonly ranks: ReadonlyMap<string, number>;
  readonly einsums: readonly Einsum[];
  readonly bits: ReadonlyMap<string, number>;
}

/** A tensor kept at one place between loops; one node of several tensors is as many nodes in the order given. */
export interface StoreNode {
  readonly kind: "store";
  readonly level: string;
  readonly tensors: readonly string[];
  /** Held for the whole run, whatever runs. */
  readonly persistent: boolean;
}

/**
 * A loop over a rank variable: what is left inside is a tile of the given size. A loop over a window that several
 * Einsums share names a variable for each of them.
 */
export interface LoopNode {
  readonly kind: "loop";
  readonly rank: string | ReadonlyMap<string, string>;
  readonly tile: number;
  /** Set where the loop is unrolled over a mesh dimension in front of a level. */
  readonly mesh?: { readonly dimension: string; readonly level: string } | undefined;
}

/** Where Einsums part: the branches run one after the other, in every iteration of the loops above. */
export interface SplitNode {
  readonly kind: "split";
  readonly branches: readonly (readonly TreeNode[])[];
}

/** The leaf of an Einsum. */
export interface ComputeNode {
  readonly kind: "compute";
  readonly einsum: string;
}

/** A mapping tree is a list of nodes, outermost first, that ends in a split or in a compute node. */
export type TreeNode = StoreNode | LoopNode | SplitNode | ComputeNode;

/** Everything that one evaluation needs. */
export interface TreeCase {
  readonly architecture: TreeArchitecture;
  readonly cascade: Cascade;
  readonly mapping: readonly TreeNode[];
}
