import { type Architecture, accessPrices, type StorageLevel } from "@loopnest/mapspace";
import { computeName } from "./write-architecture.js";
import { writeYaml } from "./write-yaml.js";

/**
 * Writes the energies of an architecture as an Accelergy energy reference table (version 0.3).
 *
 * Fills are writes; every version of Timeloop finds one energy for each of read, write and update in it.
 */
export function writeErt(architecture: Architecture): string {
  const actions = (energies: Readonly<Record<string, number>>) =>
    Object.entries(energies).map(([name, energy]) => ({ name, arguments: null, energy }));
  return writeYaml({
    ERT: {
      version: 0.3,
      tables: [
        ...architecture.levels.map((level) => ({
          name: `system.${level.name}`,
          actions: actions(accessActions(level)),
        })),
        {
          name: `system.${computeName(architecture)}`,
          actions: actions({ compute: architecture.compute.energyPj, mac_random: architecture.compute.energyPj }),
        },
      ],
    },
  });
}

function accessActions(level: StorageLevel): Record<string, number> {
  const { energyPerVectorAccessPj: dearest, readWeight, fillWeight, updateWeight } = accessPrices(level);
  const { leakPjPerCycle = 0 } = level;
  return {
    ...{ read: dearest * readWeight, write: dearest * fillWeight, update: dearest * updateWeight },
    ...(leakPjPerCycle > 0 && { leak: leakPjPerCycle }),
  };
}

/** Writes the areas of an architecture as an Accelergy area reference table (version 0.3), um2 of one instance. */
export function writeArt(architecture: Architecture): string {
  const { levels, compute } = architecture;
  const components = [...levels, { ...compute, name: computeName(architecture) }];
  return writeYaml({
    ART: {
      version: 0.3,
      tables: components.map(({ name, areaPerInstanceUm2 }) => ({ name: `system.${name}`, area: areaPerInstanceUm2 })),
    },
  });
}
