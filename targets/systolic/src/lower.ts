import { type Hardware, hardwareSizes, LoopnestError, type Mapping, type Problem, systolic } from "@loopnest/mapspace";
import { convShape, type Dim, type LoweredShape } from "./conv-shape.js";
import type { Job, MemoryLayout, OperandData } from "./job.js";
import { INPUTS, type Packing, packing, SUMS, WEIGHTS } from "./layout.js";
import { loopMask, loopRegisters, transferRegisters } from "./loops.js";
import { registers, slots } from "./registers.js";
import { type Tiling, tilingOf } from "./tiling.js";

/** Dimensions that add to the same sums. */
const reduces = (dim: Dim) => dim === "C" || dim === "R" || dim === "S";
/** Loops over blocks of a tile, innermost first; blocks are weights, so that pixels (P, Q, N) run inside them. */
const blockOrder = ["C", "R", "S", "K", "G"] as const;
const pixelOrder = ["P", "Q", "N"] as const;
/** Tensors start at multiples of a burst. */
const ALIGNMENT_BYTES = 64;

/**
 * Lowers a mapping to what the accelerator executes.
 *
 * @param hardware Sizes of the systolic target; defaults for those left out.
 * @throws LoopnestError `unsupported` if the problem is not a convolution or matrix product; `input`, `factors` or
 * `infeasible` if the mapping is not one of the target's; `fanout` or `capacity` if it does not fit the hardware.
 */
export function lower(problem: Problem, mapping: Mapping, hardware: Hardware, data?: Partial<OperandData>): Job {
  const shape = convShape(problem);
  const tiling = tilingOf(problem, mapping);
  const whole = packing(shape, shape.bounds);
  const tile = packing(shape, tiling.tile);
  const operands = { ...fullRange(shape), ...data };
  const layout = memoryLayout(whole);
  return {
    ...shape,
    layout,
    data: operands,
    needs: needsOf(tiling, tile, hardware),
    registers: [
      [registers.inputsBase, layout.inputsBase],
      [registers.weightsBase, layout.weightsBase],
      [registers.outputsBase, layout.outputsBase],
      [registers.sumsBase, layout.sumsBase],
      ...consecutive(registers.inputsBuffer, [0, tile.words[INPUTS]]),
      ...consecutive(
        registers.weightsBuffer,
        [0, 1].map((buffer) => 2 * tile.words[INPUTS] + buffer * tile.words[WEIGHTS]),
      ),
      [registers.activeRows, tiling.rows],
      [registers.activeColumns, tiling.columns],
      [registers.outputShift, operands.shift],
      [registers.weightRowStep, tile.strides.C[WEIGHTS]],
      [registers.weightLastRow, (tiling.rows - 1) * tile.strides.C[WEIGHTS]],
      ...tileLoops(tiling, whole),
      ...blockLoops(tiling, tile),
      ...consecutive(registers.inputsTransfer, inputsTransfer(tiling, tile, whole)),
      ...consecutive(registers.weightsTransfer, transfer(tiling, whole, WEIGHTS, "K", ["C", "S", "R", "G"])),
      ...consecutive(registers.sumsTransfer, transfer(tiling, whole, SUMS, "K", ["G", "Q", "P", "N"])),
    ],
  };
}

/** Operands of the full range, and the shift that brings most sums into the range of int8 without wasting it. */
function fullRange({ bounds }: LoweredShape): OperandData {
  const amplitude = 127;
  const deviation = ((amplitude * (amplitude + 1)) / 3) * Math.sqrt(bounds.C * bounds.R * bounds.S);
  return { seed: 1, amplitude, shift: Math.max(0, Math.round(Math.log2(deviation / 40))) };
}

function memoryLayout(whole: Packing): MemoryLayout {
  const aligned = (bytes: number) => Math.ceil(bytes / ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
  const weightsBase = aligned(whole.words[INPUTS]);
  const sumsBase = weightsBase + aligned(whole.words[WEIGHTS]);
  const outputsBase = sumsBase + aligned(4 * whole.words[SUMS]);
  const memoryBytes = outputsBase + aligned(whole.words[SUMS]);
  return { inputsBase: 0, weightsBase, sumsBase, outputsBase, memoryBytes };
}

function tileLoops({ tileLoops, tile }: Tiling, whole: Packing) {
  const loops = tileLoops.map(([dim, bound]) => ({
    dim,
    bound,
    strides: whole.strides[dim].map((stride) => stride * tile[dim]),
  }));
  return [
    [registers.tileReduction, loopMask(loops, ({ dim }) => reduces(dim))] as const,
    ...consecutive(registers.tileLoops, loopRegisters(loops, slots.tile, 3)),
  ];
}

/** Sums of a tile lie in rows of the accumulator, a row being one sum in every column in use. */
function blockLoops({ within, rows, columns }: Tiling, { strides }: Packing) {
  const blocks = blockOrder.map((dim) => {
    const width = dim === "C" ? rows : dim === "K" ? columns : 1;
    const [inputs, weights, sums] = strides[dim];
    return { dim, bound: within[dim], strides: [inputs * width, weights * width, (sums * width) / columns] };
  });
  const pixels = pixelOrder.map((dim) => ({
    bound: within[dim],
    strides: [strides[dim][INPUTS], strides[dim][SUMS] / columns],
  }));
  return [
    [registers.blockReduction, loopMask(blocks, ({ dim }) => reduces(dim))] as const,
    ...consecutive(registers.blockLoops, loopRegisters(blocks, slots.block, 3)),
    ...consecutive(registers.pixelLoops, loopRegisters(pixels, slots.pixel, 2)),
  ];
}

/** Inputs are loaded as the box that the tile's windows span, by pixels. */
function inputsTransfer({ tile }: Tiling, { inputBox }: Packing, { strides, inputBox: all }: Packing): number[] {
  const loops = [
    { bound: tile.G, strides: [strides.G[INPUTS]] },
    { bound: inputBox.width, strides: [all.columnStride] },
    { bound: inputBox.height, strides: [all.rowStride] },
    { bound: tile.N, strides: [strides.N[INPUTS]] },
  ];
  return transferRegisters(tile.C, loops, slots.transfer);
}

function transfer({ tile }: Tiling, { strides }: Packing, tensor: number, run: Dim, loops: readonly Dim[]): number[] {
  return transferRegisters(
    tile[run],
    loops.map((dim) => ({ bound: tile[dim], strides: [strides[dim][tensor]!] })),
    slots.transfer,
  );
}

function needsOf(tiling: Tiling, tile: Packing, hardware: Hardware): Job["needs"] {
  const [peDim, scratchpadKb, accumulatorKb] = hardwareSizes(systolic, hardware) as unknown as [number, number, number];
  const scratchpadWords = tile.words[INPUTS] + tile.words[WEIGHTS];
  const accumulatorRows = tile.words[SUMS] / tiling.columns;
  check("fanout", "Scratchpad", "columns", tiling.columns, peDim);
  check("fanout", "Accumulator", "rows", tiling.rows, peDim);
  // One of two buffers, in whole rows, as the target has it.
  check("capacity", "Scratchpad", "words", scratchpadWords, Math.ceil((512 * scratchpadKb) / peDim) * peDim);
  check("capacity", "Accumulator", "sums a column", accumulatorRows, Math.ceil((128 * accumulatorKb) / peDim));
  return { peDim, scratchpadBytes: 2 * scratchpadWords, accumulatorRows };
}

function check(code: "fanout" | "capacity", level: string, what: string, needed: number, available: number): void {
  if (needed <= available) return;
  throw new LoopnestError({
    code,
    path: "mapping",
    problem: `${level}: the mapping needs ${needed} ${what}, the hardware has ${available}`,
    fix: "give it larger hardware, or smaller factors",
    level,
    needed,
    available,
  });
}

function consecutive(first: number, values: readonly number[]): (readonly [number, number])[] {
  return values.map((value, i) => [first + i, value] as const);
}
