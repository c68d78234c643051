import type { Bandwidth, StorageLevel } from "@loopnest/mapspace";
import type { Costs } from "../costs/costs.js";
import type { Component } from "../layout/component.js";
import { mesh } from "../layout/mesh.js";

/** A storage level of an architecture from a component. */
export function storageLevel(component: Component, keeps: readonly string[], costs: Costs): StorageLevel {
  const { name, attributes, field, isDram, isFanOut } = component;
  const isUsed = keeps.length > 0;
  const isEmpty = isFanOut && !isUsed;
  const geometry = isEmpty ? { wordBits: 1, blockSize: 1, capacityWords: 1 } : storageGeometry(component);
  const energy = { name, field, attribute: attributes.get("vector_access_energy") };
  const area = { name, field, attribute: attributes.get("cluster_area") };
  const leakPjPerCycle = costs.leakPj({ name, field, attribute: attributes.get("leak") });
  return {
    name,
    keeps,
    ...geometry,
    bandwidthWordsPerCycle: isEmpty ? null : bandwidth(component),
    ...mesh(component),
    // A level that keeps nothing is never accessed; DRAM is not on the chip.
    ...(isUsed && !isFanOut ? costs.accessPj(energy) : { energyPerVectorAccessPj: energy.attribute?.amount() ?? 0 }),
    ...(leakPjPerCycle > 0 && { leakPjPerCycle }),
    ...network(component),
    areaPerInstanceUm2:
      isFanOut || (isDram && area.attribute === undefined && !costs.hasArea(name))
        ? 0
        : costs.areaUm2(area, "cluster-area"),
  };
}

/** Bits of a word where nothing is said, in Timeloop (`kDefaultWordBits`). */
const DEFAULT_WORD_BITS = 16;

/**
 * Word, row and capacity.
 *
 * The width of a row is its block (words of one access) times a cluster of memories that are accessed together; what is
 * not given follows from the other, as Timeloop has it since 2021: block = width / word / cluster.
 */
function storageGeometry(
  component: Component,
): Pick<StorageLevel, "wordBits" | "blockSize" | "capacityWords" | "clusterSize" | "multipleBuffering"> {
  const { attributes, field, name, isDram } = component;
  const word = attributes.get("word_bits", "word_width", "datawidth");
  if (word === undefined) field.note(`${name} has no word-bits: ${DEFAULT_WORD_BITS}, as Timeloop assumes`);
  const wordBits = word?.whole() ?? DEFAULT_WORD_BITS;
  const block = attributes.get("block_size", "n_words");
  const cluster = attributes.get("cluster_size");
  const width = attributes.get("width", "memory_width", "data_storage_width");
  const rowWords = width === undefined ? null : width.whole() / wordBits;
  const clusters = cluster?.whole() ?? (block !== undefined && rowWords !== null ? rowWords / block.whole() : 1);
  if (!Number.isSafeInteger(clusters) || clusters < 1) {
    (cluster ?? width!).fail(
      `${width?.whole()} bits hold no whole rows`,
      "make width = cluster-size * block-size * word-bits",
    );
  }
  const blockSize = block?.whole() ?? (rowWords === null ? 1 : rowWords / clusters);
  if (!Number.isSafeInteger(blockSize) || blockSize < 1) {
    const words = clusters > 1 ? `${clusters} clusters of whole words` : "whole words";
    width!.fail(`a row of ${width!.whole()} bits does not hold ${words} of ${wordBits} bits`, "choose a multiple");
  }
  if (rowWords !== null && rowWords !== blockSize * clusters) {
    width!.fail(
      `a row of ${rowWords} words differs from block-size ${blockSize}`,
      "make width = cluster-size * block-size * word-bits",
    );
  }
  const multipleBuffering = attributes.get("multiple_buffering")?.number() ?? 1;
  return {
    ...{ wordBits, blockSize, capacityWords: capacity() },
    ...(clusters > 1 && { clusterSize: clusters }),
    ...(multipleBuffering > 1 && { multipleBuffering }),
  };

  function capacity(): number | null {
    const entries = attributes.get("entries");
    const depth = attributes.get("depth", "memory_depth", "data_storage_depth");
    const sizeKb = attributes.get("sizeKB");
    const words =
      entries?.whole(0) ??
      (depth === undefined ? undefined : depth.whole(0) * blockSize) ??
      (sizeKb === undefined ? undefined : Math.floor((sizeKb.whole(0) * 8192) / wordBits));
    if (words !== undefined) return words;
    if (isDram) return null;
    return field.fail(`${name} has no size`, "give entries, depth or sizeKB; only DRAM is unlimited", { level: name });
  }
}

function bandwidth({ attributes }: Component): Bandwidth {
  const both = attributes.get("bandwidth");
  const shared = attributes.get("shared_bandwidth");
  const read = attributes.get("read_bandwidth");
  const write = attributes.get("write_bandwidth");
  for (const field of [both, shared, read, write]) {
    if (field !== undefined && field.number() <= 0) field.fail(`is ${field.number()}`, "give words a cycle, above 0");
  }
  if (shared !== undefined) {
    const other = both ?? read ?? write;
    if (other === undefined) return { shared: shared.number() };
    return other.unsupported(
      `${other.key} beside shared_bandwidth`,
      "give one port for everything, or a read and a write port",
    );
  }
  const half = both === undefined ? undefined : both.number() / 2;
  const ports = { read: read?.number() ?? half, write: write?.number() ?? half };
  if (ports.read === undefined && ports.write === undefined) return null;
  if (ports.write === undefined) return { read: ports.read! };
  return ports.read === undefined ? { write: ports.write } : { read: ports.read, write: ports.write };
}

/** Energies of the wires below a level, where its attributes give any. */
function network({ attributes }: Component): Pick<StorageLevel, "network"> {
  const amount = (attribute: string) => attributes.get(attribute)?.amount() ?? 0;
  const [hop, router, ingress] = [amount("energy_per_hop"), amount("router_energy"), amount("energy_per_ingress")];
  if (hop + router + ingress === 0) return {};
  return {
    network: {
      ...(hop > 0 && { hopEnergyPj: hop }),
      ...(router > 0 && { routerEnergyPj: router }),
      ...(ingress > 0 && { ingressEnergyPj: ingress }),
    },
  };
}
