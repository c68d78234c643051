import type { Architecture, Mapping } from "@loopnest/mapspace";

/** A machine with room for everything: the step counter wants one. */
export function machineOf(mapping: Mapping): Architecture {
  return {
    name: "any",
    levels: mapping.map(({ level }) => ({
      ...{ name: level, keeps: ["Weights", "Inputs", "Outputs"], wordBits: 8, blockSize: 1, capacityWords: null },
      ...{ bandwidthWordsPerCycle: null, instances: 1, meshX: 1, energyPerVectorAccessPj: 1, areaPerInstanceUm2: 1 },
    })),
    compute: { instances: 1, meshX: 1, energyPj: 1, areaPerInstanceUm2: 1 },
  };
}
