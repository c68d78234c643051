import { LoopnestError } from "../errors/loopnest-error.js";
import { divide, type Monomial, multiply, parseMonomial, type SizeExpression } from "../numbers/monomial.js";
import type { NetworkPrices } from "./architecture.js";
import { checkMeshes } from "./check-meshes.js";
import { type FreeSize, greatestSize, isSize, leastSize } from "./free-size.js";

/** What a level is made of: energy and area tables price each kind in their own way. */
export type StorageKind = "dram" | "scratchpad" | "accumulator" | "register";

/** The loops that hardware can execute at a level, by dimension name; names that a problem lacks are ignored. */
export interface LevelSpace {
  /** Dimensions that may be iterated here; `"all"` is every dimension. */
  readonly temporal: "all" | readonly string[];
  /** Loop order, innermost first: `"any"`, or a fixed one. */
  readonly order: "any" | readonly string[];
  /** Dimensions that may be unrolled over the columns (X) and rows (Y) below this level. */
  readonly spatialX: readonly string[];
  readonly spatialY: readonly string[];
  /** Limits on factors of loops that are allowed here; any factor unless given. */
  readonly factors?: readonly FactorLimit[];
}

/** A limit on the factor of one loop of a level; equal limits fix it. */
export interface FactorLimit {
  readonly dim: string;
  /** Over columns (X), over rows (Y), or in time. */
  readonly kind: "X" | "Y" | "temporal";
  /** Least factor; 1 unless given. */
  readonly least?: number;
  /** Greatest factor; any unless given. */
  readonly most?: number;
}

/** A storage level with sizes left free. */
export interface LevelTemplate {
  readonly name: string;
  readonly kind: StorageKind;
  readonly keeps: readonly string[];
  readonly wordBits: number;
  /** Bits of an element held here, by tensor, where they are not what the workload says; see `StorageLevel`. */
  readonly bits?: Readonly<Record<string, number>>;
  /** Words of one row (vector access). */
  readonly blockSize: SizeExpression;
  /** Rows of one instance, rounded up; `null` is unlimited. */
  readonly rowsPerInstance: SizeExpression | null;
  /**
   * Copies of the rows, of which one is filled while another is in use; 1 unless given. Capacity and access energy are
   * those of one copy, the area is that of all.
   */
  readonly buffers?: number;
  readonly bandwidthWordsPerCycle:
    | { readonly shared: SizeExpression }
    | { readonly read: SizeExpression; readonly write: SizeExpression }
    | { readonly read: SizeExpression }
    | { readonly write: SizeExpression }
    | null;
  /**
   * The same of all instances together in 1e9 bytes a second, as a data sheet says it, both directions; only checked:
   * at default sizes it is what ports, word width and the target's clock make.
   */
  readonly gigabytesPerSecond?: number;
  readonly instances: SizeExpression;
  readonly meshX: SizeExpression;
  readonly space: LevelSpace;
  /**
   * Whether tensors kept here may be placed apart: loops of the next outer level between the tile of one and that of
   * the next. Together, unless it says so.
   */
  readonly apart?: boolean;
  /** Whether a layer may leave its outputs here for the next one, any tensor: it is their outermost level then. */
  readonly home?: boolean;
  /** Instances side by side that share a row, so that one access serves them all; 1 unless given. */
  readonly clusterSize?: number;
  /** Wires to the level inside; their energy is not counted unless given. */
  readonly network?: NetworkPrices;
}

/**
 * An architecture template: free sizes, levels, and the mapspace that the hardware can really execute.
 *
 * Free sizes are listed in the order in which minimal hardware solves them: a size may use those before it.
 */
export interface Target {
  readonly name: string;
  readonly description?: string;
  /** Where sizes, structure and constraints come from. */
  readonly source?: string;
  readonly sizes: readonly FreeSize[];
  /** Outermost (DRAM) first. */
  readonly levels: readonly LevelTemplate[];
  readonly compute: { readonly instances: SizeExpression; readonly meshX: SizeExpression; readonly macBits: number };
  /** Cycles a microsecond; without it, results have cycles only. */
  readonly clockMhz?: number;
  /** Name of the energy table used unless another is asked for. */
  readonly energyTable: string;
}

/** A target's free sizes filled in, by name. */
export type Hardware = Readonly<Record<string, number>>;

/** The monomials of a level, in the target's order of sizes. */
export interface CompiledLevel {
  readonly template: LevelTemplate;
  readonly blockSize: Monomial;
  readonly rows: Monomial | null;
  /** `rows * blockSize`, before the rows are rounded up. */
  readonly capacityWords: Monomial | null;
  readonly shared: Monomial | null;
  readonly read: Monomial | null;
  readonly write: Monomial | null;
  readonly instances: Monomial;
  readonly meshX: Monomial;
  /** Children of one instance, in columns and rows. */
  readonly fanOutX: Monomial;
  readonly fanOutY: Monomial;
}

/** A target with its expressions read. */
export interface CompiledTarget {
  readonly target: Target;
  readonly sizeNames: readonly string[];
  readonly levels: readonly CompiledLevel[];
  readonly computeInstances: Monomial;
  readonly computeMeshX: Monomial;
}

/**
 * Reads all size expressions of a target.
 *
 * @throws LoopnestError `input` with the path of an expression that cannot be read, or of instances that are not whole
 * or fewer than those outside them.
 */
export function compileTarget(target: Target): CompiledTarget {
  const sizeNames = target.sizes.map((size) => size.name);
  const read = (expression: SizeExpression, path: string) => parseMonomial(expression, sizeNames, path);
  const computeInstances = read(target.compute.instances, "compute.instances");
  const computeMeshX = read(target.compute.meshX, "compute.meshX");
  const meshes = target.levels.map((level, l) => ({
    instances: read(level.instances, `levels[${l}].instances`),
    meshX: read(level.meshX, `levels[${l}].meshX`),
  }));
  const levels = target.levels.map((template, l): CompiledLevel => {
    const own = meshes[l]!;
    const inner = meshes[l + 1] ?? { instances: computeInstances, meshX: computeMeshX };
    const blockSize = read(template.blockSize, `levels[${l}].blockSize`);
    const rows =
      template.rowsPerInstance === null ? null : read(template.rowsPerInstance, `levels[${l}].rowsPerInstance`);
    const bandwidth = template.bandwidthWordsPerCycle;
    const port = (name: "shared" | "read" | "write") => {
      const expression = (bandwidth as Record<string, SizeExpression> | null)?.[name];
      return expression === undefined ? null : read(expression, `levels[${l}].bandwidthWordsPerCycle.${name}`);
    };
    return {
      template,
      blockSize,
      rows,
      capacityWords: rows === null ? null : multiply(rows, blockSize),
      shared: port("shared"),
      read: port("read"),
      write: port("write"),
      instances: own.instances,
      meshX: own.meshX,
      fanOutX: divide(inner.meshX, own.meshX),
      fanOutY: divide(divide(inner.instances, inner.meshX), divide(own.instances, own.meshX)),
    };
  });
  checkMeshes(target.sizes, [
    ...target.levels.map(({ name }, l) => ({ name, path: `levels[${l}]`, ...meshes[l]! })),
    { name: "compute", path: "compute", instances: computeInstances, meshX: computeMeshX },
  ]);
  return { target, sizeNames, levels, computeInstances, computeMeshX };
}

/**
 * Checks sizes by name against a target and returns them in the target's order; sizes left out take their default.
 *
 * @throws LoopnestError `input` for an unknown size, or a value that is not a multiple of the step within its range.
 */
export function hardwareSizes(target: Target, hardware: Hardware): Float64Array {
  const given = givenSizes(target, hardware);
  return given.map((value, i) => {
    const size = target.sizes[i]!;
    return Number.isNaN(value) ? checkedSize(size, size.default) : value;
  });
}

/**
 * The same with NaN for every size that is left out.
 *
 * @throws LoopnestError `input` as `hardwareSizes`.
 * @internal
 */
export function givenSizes(target: Target, hardware: Hardware): Float64Array {
  const names = target.sizes.map((size) => size.name);
  for (const name of Object.keys(hardware)) {
    if (names.includes(name)) continue;
    throw new LoopnestError({
      code: "input",
      path: `hardware.${name}`,
      problem: `${target.name} has no size ${name}`,
      fix: `its sizes are ${names.join(", ")}`,
      got: name,
    });
  }
  // Own fields only: a size may be called like a method that every object has.
  return Float64Array.from(target.sizes, (size) =>
    Object.hasOwn(hardware, size.name) ? checkedSize(size, hardware[size.name]!) : Number.NaN,
  );
}

function checkedSize(size: FreeSize, value: number): number {
  if (isSize(size, value)) return value;
  throw new LoopnestError({
    code: "input",
    path: `hardware.${size.name}`,
    problem: `${size.name} is ${value}`,
    fix: `give a multiple of ${size.step ?? 1} from ${leastSize(size)} to ${greatestSize(size)}`,
    got: value,
  });
}

/** Sizes as a record by name. */
export function hardwareOf(target: Target, sizes: ArrayLike<number>): Hardware {
  return Object.fromEntries(target.sizes.map((size, i) => [size.name, sizes[i]!]));
}
