import { registerFileUm2 } from "./aladdin-40nm.js";
import { accumulatorSram, scratchpadSram, sramPrice } from "./cacti-sram.js";
import { constantPrice, type Price, type PricedLevel } from "./energy-table.js";

/** Writes the area in um2 of one instance at 40 nm: CACTI for SRAM, Aladdin for registers. DRAM is another chip: 0. */
export function areaUm2(level: PricedLevel, rows: number, widthBits: number, out: Price): void {
  switch (level.kind) {
    case "dram":
      constantPrice(0, out);
      break;
    case "scratchpad":
      sramPrice(scratchpadSram.areaUm2, rows, widthBits, out);
      break;
    case "accumulator":
      sramPrice(accumulatorSram.areaUm2, rows, widthBits, out);
      break;
    case "register":
      registerFileUm2(rows, widthBits, out);
      break;
  }
}
