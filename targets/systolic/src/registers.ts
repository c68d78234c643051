/** Configuration registers of the hardware: the same map as in rtl/systolic_types.sv. */
export const registers = {
  inputsBase: 0,
  weightsBase: 1,
  outputsBase: 2,
  sumsBase: 3,
  inputsBuffer: 4,
  weightsBuffer: 6,
  activeRows: 8,
  activeColumns: 9,
  outputShift: 10,
  tileReduction: 11,
  blockReduction: 12,
  weightRowStep: 13,
  weightLastRow: 14,
  tileLoops: 16,
  blockLoops: 48,
  pixelLoops: 68,
  inputsTransfer: 77,
  weightsTransfer: 86,
  sumsTransfer: 95,
} as const;

/** Loops of each nest in hardware. */
export const slots = { tile: 8, block: 5, pixel: 3, transfer: 4 } as const;
