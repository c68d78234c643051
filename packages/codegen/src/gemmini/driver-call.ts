import type { Mapping, Problem } from "@loopnest/mapspace";
import type { GeneratorParameters } from "./generator-config.js";
import { type Dim, type TiledShape, tiledShape } from "./layer-shape.js";

/** Where the names come from: functions of the driver, the order of their loops, and what they check. */
export const DRIVER_SOURCE = "ucb-bar/gemmini-rocc-tests, include/gemmini.h (tiled_matmul, tiled_conv)";

/** A layer as a call of the driver. */
export interface DriverCall {
  readonly function: "tiled_matmul" | "tiled_conv";
  /**
   * Sizes and tiles by the names of the function's parameters, in their order; pointers and scales are left to the
   * caller.
   */
  readonly arguments: Readonly<Record<string, number>>;
  /** How often it is called, with the data of one group each. */
  readonly calls: number;
  /** What the driver does otherwise than the mapping, one sentence each; none if it runs the mapping as it is. */
  readonly differences: readonly string[];
}

/** A layer that the driver has no call for. */
export interface NoCall {
  readonly reason: string;
}

/** `elem_t` and `acc_t` of the driver's default parameters. */
const ELEMENT_BITS = 8;
const SUM_BITS = 32;

/** Loops over tiles as the driver nests them, outermost first. */
const MATMUL_ORDER: readonly Dim[] = ["P", "K", "C"];
const CONV_ORDER: readonly Dim[] = ["N", "P", "Q", "K", "R", "S", "C"];

/**
 * A mapped layer as the call of Gemmini's driver that comes closest to it. The tile is what a mapping keeps within its
 * outermost level; the driver loops over tiles in an order of its own, and cuts each into pieces of the array's size by
 * itself.
 *
 * @param problem With the bounds that it is run at.
 */
export function driverCall(problem: Problem, mapping: Mapping, parameters: GeneratorParameters): DriverCall | NoCall {
  const shape = tiledShape(problem, mapping);
  if (shape === null) return { reason: "it is no convolution or matrix product" };
  const other = problem.tensors.find(
    ({ bits = ELEMENT_BITS, partialSumBits = SUM_BITS }) => bits !== ELEMENT_BITS || partialSumBits !== SUM_BITS,
  );
  if (other !== undefined) {
    const own = [
      `${other.bits ?? ELEMENT_BITS} bits`,
      ...(other.partialSumBits === undefined ? [] : [`${other.partialSumBits} as sums`]),
    ];
    const driver = `the driver's have ${ELEMENT_BITS}, ${SUM_BITS} as sums`;
    return { reason: `elements of ${other.name} have ${own.join(", ")}; ${driver}` };
  }
  const { bounds, strides, dilations } = shape;
  const isProduct = bounds.R * bounds.S * bounds.Q * bounds.N === 1 && strides[0] === 1;
  if (isProduct) return matmulCall(shape, parameters);
  if (bounds.G > 1) return { reason: "the driver's convolution has no groups" };
  if (bounds.R !== bounds.S) return { reason: `the kernel is ${bounds.R} x ${bounds.S}; the driver's are square` };
  if (strides[0] !== strides[1]) return { reason: `strides are ${strides.join(" and ")}; the driver has one for both` };
  if (dilations[0] !== dilations[1] && bounds.R > 1) {
    return { reason: `dilations are ${dilations.join(" and ")}; the driver has one for both` };
  }
  return convCall(shape, parameters);
}

function matmulCall(shape: TiledShape, { meshRows: dim, sp_capacity, acc_capacity }: GeneratorParameters): DriverCall {
  const { bounds, tile, order } = shape;
  const [i, j, k] = ([tile.P, tile.K, tile.C] as const).map((words) => Math.ceil(words / dim)) as [
    number,
    number,
    number,
  ];
  const partial = (["P", "K", "C"] as const)
    .filter((name) => tile[name] < bounds[name] && tile[name] % dim !== 0)
    .map((name) => `tiles of ${name} are ${tile[name]} words; the driver's are multiples of ${dim}`);
  return {
    function: "tiled_matmul",
    arguments: { dim_I: bounds.P, dim_J: bounds.K, dim_K: bounds.C, tile_I: i, tile_J: j, tile_K: k },
    calls: bounds.G,
    differences: [
      ...partial,
      ...otherOrder(order, MATMUL_ORDER),
      ...otherArray(shape, dim),
      ...tooLarge((i * k + k * j) * dim, i * j * dim, dim, sp_capacity, acc_capacity),
    ],
  };
}

function convCall(shape: TiledShape, { meshRows: dim, sp_capacity, acc_capacity }: GeneratorParameters): DriverCall {
  const { bounds, tile, strides, dilations, order } = shape;
  const span = (outputs: number, kernel: number) => (outputs - 1) * strides[0] + (kernel - 1) * dilations[0] + 1;
  const blocks = (channels: number) => Math.ceil(channels / dim);
  const inputRows = blocks(tile.C) * tile.N * span(tile.P, tile.R) * span(tile.Q, tile.S);
  const weightRows = blocks(tile.K) * tile.R * tile.S * tile.C;
  const outputRows = blocks(tile.K) * tile.N * tile.P * tile.Q;
  return {
    function: "tiled_conv",
    arguments: {
      batch_size: bounds.N,
      in_row_dim: span(bounds.P, bounds.R),
      in_col_dim: span(bounds.Q, bounds.S),
      in_channels: bounds.C,
      out_channels: bounds.K,
      out_row_dim: bounds.P,
      out_col_dim: bounds.Q,
      stride: strides[0],
      input_dilation: 1,
      kernel_dilation: dilations[0],
      padding: 0,
      kernel_dim: bounds.R,
      ...{ batches: tile.N, porows: tile.P, pocols: tile.Q, pochs: tile.K },
      ...{ krows: tile.R, kcols: tile.S, kchs: tile.C },
    },
    calls: 1,
    differences: [
      ...otherOrder(order, CONV_ORDER),
      ...otherArray(shape, dim),
      ...tooLarge(inputRows + weightRows, outputRows, dim, sp_capacity, acc_capacity),
    ],
  };
}

/** Loops over tiles that the driver nests otherwise; a group is a call of its own, whatever loops stand around it. */
function otherOrder(order: TiledShape["order"], driver: readonly Dim[]): string[] {
  const own: readonly Dim[] = order.map(([dim]) => dim).filter((dim) => dim !== "G");
  const theirs = driver.filter((dim) => own.includes(dim));
  if (own.join() === theirs.join()) return [];
  return [`loops over tiles are ${own.join(" ")}, outermost first; the driver's are ${theirs.join(" ")}`];
}

/** Parts of the array that a mapping leaves idle: the driver fills it with as much of a tile as there is. */
function otherArray({ columns, rows, tile }: TiledShape, dim: number): string[] {
  const idle = (what: string, used: number, channels: number) => {
    const filled = Math.min(dim, channels);
    return used === filled ? [] : [`the mapping fills ${used} ${what} of the array; the driver fills ${filled}`];
  };
  return [...idle("columns", columns, tile.K), ...idle("rows", rows, tile.C)];
}

/** The driver works in one half of each memory while it fills the other. */
function tooLarge(spadRows: number, accRows: number, dim: number, spadKb: number, accKb: number): string[] {
  const check = (what: string, needed: number, rows: number) =>
    needed <= rows / 2
      ? []
      : [`a tile takes ${needed} rows of the ${what}; the driver allows ${rows / 2}, half of them, and refuses it`];
  return [
    ...check("scratchpad", spadRows, (spadKb * 1024) / dim),
    ...check("accumulator", accRows, (accKb * 1024) / (4 * dim)),
  ];
}
