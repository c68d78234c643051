import { type Dim, dimNames } from "./conv-shape.js";

/** The memory behind the accelerator's port: a bus of 8 bytes. */
export interface MemoryTiming {
  /** From a read request to its first beat, in cycles. */
  readonly latencyCycles: number;
  /** 1 is the full 8 bytes a cycle, 2 half of that, and so on. */
  readonly cyclesPerBeat: number;
}

/** The timing that the systolic target stands for: 8 words a cycle, as its DRAM level says. */
export const defaultMemory: MemoryTiming = { latencyCycles: 64, cyclesPerBeat: 1 };

/** Operands of a run: uniform in [-amplitude, amplitude]; finished sums are shifted right by `shift` bits. */
export interface OperandData {
  readonly seed: number;
  readonly amplitude: number;
  readonly shift: number;
}

/** Where tensors lie in memory, in bytes, and how much memory they take. */
export interface MemoryLayout {
  readonly inputsBase: number;
  readonly weightsBase: number;
  readonly sumsBase: number;
  readonly outputsBase: number;
  readonly memoryBytes: number;
}

/** One run of the simulator: a problem and the registers that make the accelerator execute one mapping of it. */
export interface Job {
  readonly bounds: Readonly<Record<Dim, number>>;
  readonly strideP: number;
  readonly strideQ: number;
  readonly dilationR: number;
  readonly dilationS: number;
  readonly layout: MemoryLayout;
  readonly data: OperandData;
  /** What the run needs of the build. */
  readonly needs: { readonly peDim: number; readonly scratchpadBytes: number; readonly accumulatorRows: number };
  /** Index and 32-bit value of every register that is written. */
  readonly registers: readonly (readonly [index: number, value: number])[];
}

/** A job as the simulator reads it: see sim/job.h. */
export function jobText(job: Job, number: number, memory: MemoryTiming): string {
  const { bounds, strideP, strideQ, dilationR, dilationS, layout, data } = job;
  const lines = [
    ["job", number],
    ["problem", ...dimNames.map((dim) => bounds[dim]), strideP, strideQ, dilationR, dilationS],
    ["layout", layout.inputsBase, layout.weightsBase, layout.sumsBase, layout.outputsBase, layout.memoryBytes],
    ["memory", memory.latencyCycles, memory.cyclesPerBeat],
    ["data", data.seed, data.amplitude, data.shift],
    ...job.registers.map(([index, value]) => ["register", index, value >>> 0]),
    ["run"],
  ];
  return `${lines.map((words) => words.join(" ")).join("\n")}\n`;
}
