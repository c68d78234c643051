import type { Price } from "./energy-table.js";

/**
 * Registers and integer arithmetic at 40 nm and 5 ns: the tables of Aladdin (Shao et al., ISCA 2014) with the scaling
 * of their plug-in for Accelergy (Wu et al., ICCAD 2019), which DOSA's numbers come from too.
 */

/** A 32-bit multiplier and a 32-bit adder. */
const MULTIPLIER_PJ = 8.63;
const MULTIPLIER_UM2 = 4600;
const ADDER_PJ = 0.0857;
const ADDER_UM2 = 179;
/** One bit of a register. */
const REGISTER_BIT_PJ = 0.009;
const REGISTER_BIT_UM2 = 5.98;
/** A 32-bit comparator, for the addresses of a register file. */
const COMPARATOR_PJ = 0.029015;
const COMPARATOR_UM2 = 71;

/**
 * Energy in pJ of an integer multiply-accumulate: a multiplier, which grows with the square of the word width, and an
 * adder, which grows with the width: `8.63 (b/32)^2 + 0.0857 b/32`. 8 bits: 0.5608; 16: 2.2004; 32: 8.7157.
 *
 * For comparison at 45 nm, multiply and add (Horowitz, ISSCC 2014): 8 bits 0.23, 32 bits 3.2.
 */
export function macEnergyPj(bits: number): number {
  return MULTIPLIER_PJ * (bits / 32) ** 2 + (ADDER_PJ * bits) / 32;
}

/**
 * Area in um2 of an integer multiply-accumulate unit: `4600 (b/32)^2 + 179 b/32`. 8 bits: 332.25; 16: 1239.5; 32: 4779.
 */
export function macAreaUm2(bits: number): number {
  return MULTIPLIER_UM2 * (bits / 32) ** 2 + (ADDER_UM2 * bits) / 32;
}

/** Writes the energy of one access to a register file: the bits of one register, and one address comparator a row. */
export function registerFilePj(rows: number, widthBits: number, out: Price): void {
  registerFile(REGISTER_BIT_PJ * widthBits, 0, COMPARATOR_PJ, rows, out);
}

/**
 * Writes the area of a register file: the bits of all rows, and one address comparator a row. A single 8-bit register:
 * 47.84.
 */
export function registerFileUm2(rows: number, widthBits: number, out: Price): void {
  registerFile(REGISTER_BIT_UM2 * widthBits * rows, 1, COMPARATOR_UM2, rows, out);
}

/**
 * `registers + comparator * rows * log2(rows) / 32`, where registers grow with `rows^exponent`; no address for a single
 * row.
 */
function registerFile(registers: number, exponent: number, comparator: number, rows: number, out: Price): void {
  const addressed = rows > 1;
  const logRows = addressed ? Math.log2(rows) : 0;
  const perRow = (comparator * rows) / 32;
  out.value = registers + perRow * logRows;
  out.perLogRows = exponent * registers + (addressed ? perRow * (logRows + Math.LOG2E) : 0);
  out.perLogWidth = registers;
}
