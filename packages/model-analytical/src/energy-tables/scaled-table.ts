import type { EnergyTable, Price } from "./energy-table.js";
import { nodeFactors } from "./technology-nodes.js";

/**
 * A table at another technology: on-chip energies and areas times the factors of `nodeFactors`; DRAM, which is another
 * chip, and the weights of the kinds of access stay as they are. Clocks do not change.
 *
 * @param nm Technology of the table, and the one wanted.
 * @throws LoopnestError `input` for a technology that has no factors.
 */
export function scaledTable(table: EnergyTable, nm: { readonly from: number; readonly to: number }): EnergyTable {
  const { energy, area } = nodeFactors(nm.from, nm.to);
  const scale = (price: Price, factor: number) => {
    price.value *= factor;
    price.perLogRows *= factor;
    price.perLogWidth *= factor;
  };
  const digits = (factor: number) => Number(factor.toPrecision(4));
  return {
    ...table,
    technologyNm: nm.to,
    name: `${table.name}@${nm.to}nm`,
    description:
      `${table.description}; scaled from ${nm.from} to ${nm.to} nm: energies on chip x ${digits(energy)}, ` +
      `areas x ${digits(area)}, DRAM as it is`,
    source:
      `${table.source}; factors: Stillmaker and Baas (Integration 58, 2017), high-performance processes at nominal ` +
      "supply voltage; they are those of logic, and memories scale less",
    vectorAccessPj(level, rows, widthBits, out) {
      table.vectorAccessPj(level, rows, widthBits, out);
      if (level.kind !== "dram") scale(out, energy);
    },
    areaUm2(level, rows, widthBits, out) {
      table.areaUm2(level, rows, widthBits, out);
      scale(out, area);
    },
    macEnergyPj: (bits) => table.macEnergyPj(bits) * energy,
    macAreaUm2: (bits) => table.macAreaUm2(bits) * area,
  };
}
