import type { Counts, ElementBits, Padding } from "@loopnest/mapspace";
import type { ObjectiveName } from "@loopnest/optimizers";
import type { GivenOptions, MethodName } from "./methods.js";

/** The options of `loopnest search` as the command line gives them. */
export interface SearchCommandOptions extends GivenOptions {
  /** Name or file. */
  readonly target: string;
  readonly method: MethodName;
  readonly objective: ObjectiveName;
  /** mm2. */
  readonly maxArea?: number;
  /** Cycles of the whole network. */
  readonly maxLatency?: number;
  /** uJ of the whole network. */
  readonly maxEnergy?: number;
  /** uJ x cycles of the whole network. */
  readonly maxEdp?: number;
  /** Share of the best value within which the smallest design is wanted. */
  readonly within?: number;
  /** How far bounds may be padded; not at all unless given. */
  readonly pad?: Padding;
  /** Name or file; the target's own unless given. */
  readonly energyTable?: string;
  /**
   * Search mappings only: sizes that are not given take their defaults. Names of layers to map, all if there are none.
   */
  readonly mapOnly?: { readonly layers: readonly string[] };
  /** `name=n` each: how often a network runs beside the others; once unless given. */
  readonly weight: readonly string[];
  /** `name=value` each: sizes of a built-in network, or that an ONNX model leaves open. */
  readonly dim: readonly string[];
  /** Bits of an element by tensor; what the workload says of others stays. */
  readonly bits?: ElementBits;
  /** Whether a network with operators that no figure holds is refused. */
  readonly strict?: boolean;
  /** `name=value` each. */
  readonly fix: readonly string[];
  /** Rows and columns of the array: another way to fix `peDim`. */
  readonly pe?: number;
  /** Name or file of a learned model. */
  readonly model?: string;
  readonly uncertaintyPenalty?: number;
  readonly counts?: Counts;
  /** One per processor core unless given. */
  readonly workers?: number;
  /** URL of a queue whose workers search instead. */
  readonly queue?: string;
  /** Run folder; named after what is searched unless given. */
  readonly output?: string;
  readonly force?: boolean;
  /** File that the proof of an exact search goes to. */
  readonly certificate?: string;
  readonly json?: boolean;
  readonly jsonl?: boolean;
}
