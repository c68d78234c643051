import { type Architecture, accessPrices } from "@loopnest/mapspace";
import { computeName } from "./write-architecture.js";
import { writeYaml } from "./write-yaml.js";

/**
 * Writes the energies of an architecture as an Accelergy energy reference table (version 0.3).
 *
 * Every version of Timeloop finds one energy for reads, fills and updates in it.
 */
export function writeErt(architecture: Architecture): string {
  const actions = (names: readonly string[], energy: number) =>
    names.map((name) => ({ name, arguments: null, energy }));
  return writeYaml({
    ERT: {
      version: 0.3,
      tables: [
        ...architecture.levels.map((level) => ({
          name: `system.${level.name}`,
          actions: actions(["read", "write", "update"], accessPrices(level).energyPerVectorAccessPj),
        })),
        {
          name: `system.${computeName(architecture)}`,
          actions: actions(["compute", "mac_random"], architecture.compute.energyPj),
        },
      ],
    },
  });
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
