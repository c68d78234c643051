import type { Sample } from "./sample.js";

/**
 * Hash of samples, by which a trained model names its data: 64-bit FNV-1a over problem, mapping, hardware, cycles
 * and energy of every sample in order; names of samples do not count.
 */
export function sampleHash(samples: readonly Sample[]): string {
  const prime = 0x100000001b3n;
  const mask = (1n << 64n) - 1n;
  let hash = 0xcbf29ce484222325n;
  for (const { problem, mapping, hardware, measuredCycles, measuredEnergyPj } of samples) {
    const energy = measuredEnergyPj === undefined ? [] : [measuredEnergyPj];
    const text = JSON.stringify([problem.dims, problem.tensors, mapping, hardware ?? null, measuredCycles, ...energy]);
    let low = 0x811c9dc5;
    let high = 0x01000193;
    for (let i = 0; i < text.length; i++) {
      low = Math.imul(low ^ text.charCodeAt(i), 0x01000193);
      high = Math.imul(high ^ low, 0x85ebca6b);
    }
    hash = ((hash ^ BigInt(low >>> 0)) * prime) & mask;
    hash = ((hash ^ BigInt(high >>> 0)) * prime) & mask;
  }
  return `fnv1a64:${hash.toString(16).padStart(16, "0")}`;
}
