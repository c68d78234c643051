import { macAreaUm2, macEnergyPj } from "./aladdin-40nm.js";
import { areaUm2 } from "./area-40nm.js";
import type { EnergyTable } from "./energy-table.js";

/** An access of 16 bits to 0.5 KB costs 1 pJ, to 100 KB 5 pJ more; DRAM 200 pJ. */
const PJ_PER_KB = 5 / (100 - 0.5);
const SMALLEST_KB = 0.5;
const DRAM_PJ = 200;

/**
 * The "linear model" by which DOSA's Timeloop charges accesses, for SRAM and registers alike:
 * `energyPj = (5 / 99.5 * (kb - 0.5) + 1) * widthBits / 16`, where kb are the kilobytes of one instance, and
 * `200 * widthBits / 16` for DRAM. Areas do not enter DOSA's energies: they are CACTI's and Aladdin's.
 */
export const dosa: EnergyTable = {
  name: "dosa",
  description: "access energy linear in a memory's capacity; areas of 40 nm SRAM and registers",
  source:
    "Timeloop's built-in table, as in DOSA (Hong et al., MICRO 2023); ratios of Eyeriss (Chen et al., ISCA " +
    "2016): register file 1, 100 KB " +
    "buffer 6, DRAM 200; MAC from Aladdin and areas from CACTI and Aladdin, through Accelergy",
  hasAreas: true,
  vectorAccessPj(level, rows, widthBits, out) {
    const words16 = widthBits / 16;
    if (level.kind === "dram") {
      out.value = DRAM_PJ * words16;
      out.perLogRows = 0;
      out.perLogWidth = out.value;
      return;
    }
    const growing = PJ_PER_KB * ((rows * widthBits) / 8 / 1024) * words16;
    out.value = growing + (1 - PJ_PER_KB * SMALLEST_KB) * words16;
    out.perLogRows = growing;
    out.perLogWidth = out.value + growing;
  },
  areaUm2,
  macEnergyPj,
  macAreaUm2,
};
