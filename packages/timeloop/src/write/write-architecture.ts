import {
  type Architecture,
  accessPrices,
  LoopnestError,
  type Problem,
  type StorageLevel,
  tensorWidths,
} from "@loopnest/mapspace";
import { writeYaml } from "./write-yaml.js";

/** Timeloop reads sizes as unsigned numbers of 32 bits. */
const LARGEST = 2 ** 32 - 1;

/**
 * Writes an architecture for Timeloop as one tree of version 0.3, with the constraints that say what a level cannot
 * keep.
 *
 * Energies and areas of levels stand in the attributes and, since Timeloop reads areas of 0 only there and would call
 * Accelergy without them, in the tables of `writeErt` and `writeArt`: give those to Timeloop too. They alone have the
 * costs of the compute units, whose attributes Timeloop reads as whole numbers. The attribute `keeps` repeats the
 * constraints; it is for `readArchitecture`, and Timeloop passes over it.
 *
 * @throws LoopnestError `unsupported` for a name or number that Timeloop cannot take, or a tensor whose elements are
 * not one word of a level: all words of a level of Timeloop have one width.
 */
export function writeArchitecture(architecture: Architecture, problem: Problem): string {
  const { levels, compute } = architecture;
  checkName(architecture.name, "name", /^[^[\]]+$/, "a text without brackets");
  levels.forEach(({ name }, l) => {
    checkName(name, `levels[${l}].name`, /^[A-Za-z_][\w-]*$/, "letters, digits, _ and -");
  });
  checkWidths(architecture, problem);
  const every = problem.tensors.map((tensor) => tensor.name);
  const targets = levels.map((level, l) => {
    const unknown = level.keeps.findIndex((tensor) => !every.includes(tensor));
    if (unknown >= 0) {
      fail(
        `levels[${l}].keeps[${unknown}]`,
        `${level.keeps[unknown]} is no tensor of the problem`,
        `use ${every.join(", ")}`,
      );
    }
    return { target: level.name, type: "datatype", bypass: every.filter((tensor) => !level.keeps.includes(tensor)) };
  });
  const constraints = targets.filter(({ bypass }) => bypass.length > 0);
  const components = levels.map((level, l) => ({
    ...named(level.name, level.instances),
    class: l === 0 || level.capacityWords === null ? "DRAM" : "SRAM",
    attributes: storageAttributes(level, `levels[${l}]`),
  }));
  const units = {
    ...named(computeName(architecture), compute.instances),
    class: "intmac",
    attributes: mesh(compute, "compute"),
  };
  return writeYaml({
    architecture: { version: 0.3, subtree: [{ name: architecture.name, local: [...components, units] }] },
    ...(constraints.length > 0 ? { architecture_constraints: { targets: constraints } } : {}),
  });
}

/** Name of the compute units in files for Timeloop, unlike that of any level. */
export function computeName(architecture: Architecture): string {
  let name = "MAC";
  while (architecture.levels.some((level) => level.name === name)) name += "_";
  return name;
}

function storageAttributes(level: StorageLevel, path: string): Record<string, unknown> {
  const { wordBits, blockSize, clusterSize = 1, capacityWords, bandwidthWordsPerCycle: bandwidth } = level;
  const sizes = { wordBits, blockSize, width: wordBits * blockSize * clusterSize, capacityWords: capacityWords ?? 0 };
  for (const [name, value] of Object.entries(sizes)) checkSize(value, `${path}.${name}`);
  const ports =
    bandwidth === null
      ? {}
      : "shared" in bandwidth
        ? { shared_bandwidth: bandwidth.shared }
        : {
            ...("read" in bandwidth && { read_bandwidth: bandwidth.read }),
            ...("write" in bandwidth && { write_bandwidth: bandwidth.write }),
          };
  return {
    "word-bits": wordBits,
    "block-size": blockSize,
    width: wordBits * blockSize * clusterSize,
    ...(capacityWords === null ? {} : { entries: capacityWords }),
    ...ports,
    ...mesh(level, path),
    "vector-access-energy": accessPrices(level).energyPerVectorAccessPj,
    ...partAttributes(level),
    "cluster-area": level.areaPerInstanceUm2,
    keeps: level.keeps,
  };
}

function checkWidths({ levels }: Architecture, { tensors, ...problem }: Problem): void {
  for (const tensor of tensors) {
    const widths = tensorWidths({ ...problem, tensors: [tensor] }, levels);
    if (widths === null) continue;
    const l = levels.findIndex(
      ({ wordBits }, own) => widths.bits[own] !== wordBits || widths.finishedBits[own] !== wordBits,
    );
    const { name, wordBits } = levels[l]!;
    const bits = [...new Set([widths.finishedBits[l], widths.bits[l]])].join(" and ");
    fail(
      `levels[${l}].wordBits`,
      `elements of ${tensor.name} have ${bits} bits in ${name}, whose words have ${wordBits}: Timeloop has one width`,
      "leave the widths (bits) out",
    );
  }
}

function mesh({ instances, meshX }: { instances: number; meshX: number }, path: string) {
  checkSize(instances, `${path}.instances`);
  if (instances % meshX !== 0) {
    fail(`${path}.meshX`, `${instances} instances do not fill ${meshX} columns`, "make instances a multiple of meshX");
  }
  return { instances, meshX, meshY: instances / meshX };
}

function named(name: string, instances: number): { name: string } {
  return { name: instances === 1 ? name : `${name}[0..${instances - 1}]` };
}

function checkName(name: string, path: string, pattern: RegExp, allowed: string): void {
  if (!pattern.test(name)) fail(path, `Timeloop cannot read the name ${JSON.stringify(name)}`, `use ${allowed}`);
}

function checkSize(value: number, path: string): void {
  if (value > LARGEST) fail(path, `${value} is more than the 32 bits Timeloop reads it with`, `use at most ${LARGEST}`);
}

function fail(path: string, problem: string, fix: string): never {
  throw new LoopnestError({ code: "unsupported", path: `architecture.${path}`, problem, fix });
}

/** What a level has beside size, ports and accesses; nothing where it is as Timeloop assumes. */
function partAttributes({
  clusterSize = 1,
  multipleBuffering = 1,
  leakPjPerCycle = 0,
  network = {},
}: StorageLevel): Record<string, unknown> {
  const { hopEnergyPj = 0, routerEnergyPj = 0, ingressEnergyPj = 0 } = network;
  return {
    ...(clusterSize > 1 && { "cluster-size": clusterSize }),
    ...(multipleBuffering > 1 && { "multiple-buffering": multipleBuffering }),
    ...(leakPjPerCycle > 0 && { leak: leakPjPerCycle }),
    ...(hopEnergyPj > 0 && { "energy-per-hop": hopEnergyPj }),
    ...(routerEnergyPj > 0 && { "router-energy": routerEnergyPj }),
    ...(ingressEnergyPj > 0 && { "energy-per-ingress": ingressEnergyPj }),
  };
}
