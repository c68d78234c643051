import { macAreaUm2, macEnergyPj, registerFilePj } from "./aladdin-40nm.js";
import { areaUm2 } from "./area-40nm.js";
import { accumulatorSram, scratchpadSram, sramPrice } from "./cacti-sram.js";
import type { EnergyTable } from "./energy-table.js";

/** LPDDR4, as Accelergy's CACTI plug-in charges it. */
const DRAM_PJ_PER_BIT = 8;

/**
 * Energies and areas of SRAM by CACTI at 40 nm (see `Sram` for the interpolation and its error), registers and MACs by
 * Aladdin, DRAM at 8 pJ a bit. SRAM energy grows more slowly with size than in `dosa`, so the two rank designs
 * differently.
 */
export const cacti40nm: EnergyTable = {
  name: "cacti-40nm",
  description: "SRAM by CACTI at 40 nm, registers and MACs by Aladdin, LPDDR4",
  source:
    "CACTI 7 (Balasubramonian et al., TACO 2017) and Aladdin (Shao et al., ISCA 2014) at 40 nm, through " +
    "Accelergy (Wu et al., ICCAD 2019)",
  technologyNm: 40,
  hasAreas: true,
  vectorAccessPj(level, rows, widthBits, out) {
    switch (level.kind) {
      case "dram":
        out.value = DRAM_PJ_PER_BIT * widthBits;
        out.perLogRows = 0;
        out.perLogWidth = out.value;
        break;
      case "scratchpad":
        sramPrice(scratchpadSram.accessPj, rows, widthBits, out);
        break;
      case "accumulator":
        sramPrice(accumulatorSram.accessPj, rows, widthBits, out);
        break;
      case "register":
        registerFilePj(rows, widthBits, out);
        break;
    }
  },
  areaUm2,
  macEnergyPj,
  macAreaUm2,
};
