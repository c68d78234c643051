import type { Architecture } from "@loopnest/mapspace";
import type { EnergyTable, Price } from "@loopnest/model-analytical";
import { storageKind } from "@loopnest/timeloop";

/**
 * A machine with all its energies and areas taken from a table. Levels that keep nothing are never accessed and stay
 * without cost. What a level is made of is judged by its size (`storageKind`); MACs are as wide as the outermost
 * level's words.
 *
 * @throws LoopnestError `input` if the table has no entry for a level.
 */
export function reprice(architecture: Architecture, table: EnergyTable): Architecture {
  const price: Price = { value: 0, perLogRows: 0, perLogWidth: 0 };
  const macBits = architecture.levels[0]!.wordBits;
  return {
    ...architecture,
    levels: architecture.levels.map((level) => {
      if (level.keeps.length === 0) return { ...level, energyPerVectorAccessPj: 0, areaPerInstanceUm2: 0 };
      const { name, wordBits, blockSize, capacityWords } = level;
      const priced = { name, wordBits, kind: storageKind(level) };
      const rows = capacityWords === null ? Number.POSITIVE_INFINITY : Math.ceil(capacityWords / blockSize);
      table.vectorAccessPj(priced, rows, blockSize * wordBits, price);
      const energyPerVectorAccessPj = price.value;
      table.areaUm2(priced, rows, blockSize * wordBits, price);
      return { ...level, energyPerVectorAccessPj, areaPerInstanceUm2: price.value };
    }),
    compute: {
      ...architecture.compute,
      energyPj: table.macEnergyPj(macBits),
      areaPerInstanceUm2: table.macAreaUm2(macBits),
    },
  };
}
