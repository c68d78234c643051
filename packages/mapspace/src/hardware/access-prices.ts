import type { StorageLevel } from "./architecture.js";

/** What an access to one level costs: the dearest kind's energy, and each kind's share of it, at most 1. */
export interface AccessPrices {
  readonly energyPerVectorAccessPj: number;
  readonly readWeight: number;
  readonly fillWeight: number;
  readonly updateWeight: number;
}

/**
 * Energies of one vector access, as one price and the weight of each kind of access, so that the weighted number of
 * accesses times the price is their energy. All weights are 1 where the kinds cost the same.
 */
export function accessPrices(
  level: Pick<StorageLevel, "energyPerVectorAccessPj" | "readEnergyPj" | "fillEnergyPj" | "updateEnergyPj">,
): AccessPrices {
  const { energyPerVectorAccessPj: alike = 0 } = level;
  const { readEnergyPj: read = alike, fillEnergyPj: fill = alike, updateEnergyPj: update = alike } = level;
  const dearest = Math.max(read, fill, update);
  const weight = (energyPj: number) => (energyPj === dearest ? 1 : energyPj / dearest);
  return {
    energyPerVectorAccessPj: dearest,
    readWeight: weight(read),
    fillWeight: weight(fill),
    updateWeight: weight(update),
  };
}
