import type { ActionCosts, Architecture } from "@loopnest/mapspace";

/** The prices of a machine as they are at its sizes, as a table of one's own to go on from. */
export function ownPrices({ name, levels, compute }: Architecture, source: string): ActionCosts {
  return {
    name: `${name}-prices`,
    source: `${source}, at the sizes of that moment`,
    levels: Object.fromEntries(
      levels.map((level) => {
        const { energyPerVectorAccessPj, readEnergyPj, fillEnergyPj, updateEnergyPj, leakPjPerCycle } = level;
        const prices = {
          ...(energyPerVectorAccessPj !== undefined && { energyPerVectorAccessPj }),
          ...(readEnergyPj !== undefined && { readEnergyPj }),
          ...(fillEnergyPj !== undefined && { fillEnergyPj }),
          ...(updateEnergyPj !== undefined && { updateEnergyPj }),
          ...(leakPjPerCycle !== undefined && { leakPjPerCycle }),
          areaUm2: level.areaPerInstanceUm2,
        };
        return [level.name, prices];
      }),
    ),
    mac: { energyPj: compute.energyPj, areaUm2: compute.areaPerInstanceUm2 },
  };
}
