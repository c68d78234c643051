import {
  type Architecture,
  type Bandwidth,
  type CompiledLevel,
  compileTarget,
  emptyMachine,
  evaluateMonomial,
  type Hardware,
  hardwareSizes,
  type LevelParts,
  LoopnestError,
  type Machine,
  type Monomial,
  makeParts,
  type Rounding,
  type StorageLevel,
  type Target,
} from "@loopnest/mapspace";
import { type EnergyTable, emptyPrice } from "../energy-tables/energy-table.js";

/** A target with its prices: the machine of any sizes, and derivatives with respect to them. */
export interface PricedTarget {
  readonly target: Target;
  readonly table: EnergyTable;
  /** What the levels cost whatever the sizes. */
  readonly parts: readonly LevelParts[];
  /**
   * Writes the machine with the given sizes, in the target's order. Exact: rows are rounded up to whole ones. Smooth:
   * they are not, and sizes may lie between whole numbers.
   */
  machine(sizes: Float64Array, rounding: Rounding, out: Machine): void;
  /**
   * Adds to `toLogSizes` the derivative with respect to the log of every size, given that with respect to the entries
   * of the smooth machine: capacities, block sizes, energies, bandwidths, instances, columns and areas.
   */
  pullback(sizes: Float64Array, toMachine: Machine, toLogSizes: Float64Array): void;
  /**
   * The machine with sizes by name (defaults for those left out) as an architecture of its own, named after the sizes,
   * for example `gemmini-peDim16-scratchpadKb256-accumulatorKb64`.
   *
   * @throws LoopnestError `input` for an unknown size or one out of range.
   */
  architecture(hardware: Hardware): Architecture;
}

/**
 * Prices a target by an energy table.
 *
 * @throws LoopnestError `input` if a size expression cannot be read, or the table lacks a level or cannot price one.
 */
export function priceTarget(target: Target, table: EnergyTable): PricedTarget {
  const compiled = compileTarget(target);
  const { levels, computeInstances, computeMeshX } = compiled;
  const count = levels.length;
  const macPj = table.macEnergyPj(target.compute.macBits);
  const macUm2 = table.macAreaUm2(target.compute.macBits);
  const energy = emptyPrice();
  const area = emptyPrice();

  const parts = levels.map(({ template }) => {
    const { clusterSize, network } = template;
    return makeParts({ ...table.parts?.(template), ...(clusterSize && { clusterSize }), ...(network && { network }) });
  });

  function price(level: CompiledLevel, rows: number, blockSize: number): void {
    const widthBits = blockSize * level.template.wordBits;
    table.vectorAccessPj(level.template, rows, widthBits, energy);
    table.areaUm2(level.template, rows, widthBits, area);
  }

  function machine(sizes: Float64Array, rounding: Rounding, out: Machine): void {
    for (let l = 0; l < count; l++) {
      const level = levels[l]!;
      const blockSize = evaluateMonomial(level.blockSize, sizes);
      const rows = rowsOf(level, sizes, rounding);
      const instances = evaluateMonomial(level.instances, sizes);
      price(level, rows, blockSize);
      out.blockSize[l] = blockSize;
      out.capacityWords[l] = rows * blockSize;
      out.energyPerVectorAccessPj[l] = energy.value;
      out.bandwidthShared[l] = valueOrUnlimited(level.shared, sizes);
      out.bandwidthRead[l] = valueOrUnlimited(level.read, sizes);
      out.bandwidthWrite[l] = valueOrUnlimited(level.write, sizes);
      out.instances[l] = instances;
      out.meshX[l] = evaluateMonomial(level.meshX, sizes);
      out.areaUm2[l] = area.value * (level.template.buffers ?? 1) * instances;
    }
    out.instances[count] = evaluateMonomial(computeInstances, sizes);
    out.meshX[count] = evaluateMonomial(computeMeshX, sizes);
    out.areaUm2[count] = macUm2 * out.instances[count]!;
    out.macEnergyPj[0] = macPj;
    out.parts = parts;
  }

  function pullback(sizes: Float64Array, toMachine: Machine, toLogSizes: Float64Array): void {
    for (let l = 0; l < count; l++) {
      const level = levels[l]!;
      const blockSize = evaluateMonomial(level.blockSize, sizes);
      const rows = rowsOf(level, sizes, "smooth");
      const instances = evaluateMonomial(level.instances, sizes);
      price(level, rows, blockSize);
      const toEnergy = toMachine.energyPerVectorAccessPj[l]!;
      const toArea = toMachine.areaUm2[l]! * (level.template.buffers ?? 1) * instances;
      const toCapacity = level.rows === null ? 0 : toMachine.capacityWords[l]! * rows * blockSize;
      const toRows = toEnergy * energy.perLogRows + toArea * area.perLogRows + toCapacity;
      const toWidth = toEnergy * energy.perLogWidth + toArea * area.perLogWidth + toCapacity;
      spread(level.rows, toRows, toLogSizes);
      spread(level.blockSize, toWidth + toMachine.blockSize[l]! * blockSize, toLogSizes);
      spread(level.instances, toArea * area.value + toMachine.instances[l]! * instances, toLogSizes);
      spread(level.meshX, toMachine.meshX[l]! * evaluateMonomial(level.meshX, sizes), toLogSizes);
      spreadPort(level.shared, toMachine.bandwidthShared[l]!, sizes, toLogSizes);
      spreadPort(level.read, toMachine.bandwidthRead[l]!, sizes, toLogSizes);
      spreadPort(level.write, toMachine.bandwidthWrite[l]!, sizes, toLogSizes);
    }
    const toCompute = toMachine.instances[count]! + toMachine.areaUm2[count]! * macUm2;
    spread(computeInstances, toCompute * evaluateMonomial(computeInstances, sizes), toLogSizes);
    spread(computeMeshX, toMachine.meshX[count]! * evaluateMonomial(computeMeshX, sizes), toLogSizes);
  }

  const filled = emptyMachine(count);
  const defaults = Float64Array.from(target.sizes, (size) => size.default);
  machine(defaults, "exact", filled);
  for (let l = 0; l < count; l++) checkPrice(levels[l]!, filled, l, table);

  return {
    target,
    table,
    parts,
    machine,
    pullback,
    architecture(hardware) {
      const sizes = hardwareSizes(target, hardware);
      machine(sizes, "exact", filled);
      return {
        name: [target.name, ...target.sizes.map(({ name }, i) => `${name}${sizes[i]!}`)].join("-"),
        levels: levels.map((level, l) => ({
          name: level.template.name,
          keeps: level.template.keeps,
          wordBits: level.template.wordBits,
          blockSize: filled.blockSize[l]!,
          capacityWords: level.rows === null ? null : filled.capacityWords[l]!,
          bandwidthWordsPerCycle: bandwidthOf(level, filled, l),
          instances: filled.instances[l]!,
          meshX: filled.meshX[l]!,
          ...pricesOf(filled, l),
          areaPerInstanceUm2: filled.areaUm2[l]! / filled.instances[l]!,
        })),
        compute: {
          instances: filled.instances[count]!,
          meshX: filled.meshX[count]!,
          energyPj: macPj,
          areaPerInstanceUm2: macUm2,
        },
      };
    },
  };
}

/** One energy where all kinds of access cost the same; of static energy, clusters and wires what there is. */
function pricesOf({ energyPerVectorAccessPj, parts }: Machine, l: number): Partial<StorageLevel> {
  const { readWeight, fillWeight, updateWeight, leakPjPerCycle, clusterSize, network } = parts[l]!;
  const pj = energyPerVectorAccessPj[l]!;
  const alike = readWeight === 1 && fillWeight === 1 && updateWeight === 1;
  return {
    ...(alike
      ? { energyPerVectorAccessPj: pj }
      : { readEnergyPj: pj * readWeight, fillEnergyPj: pj * fillWeight, updateEnergyPj: pj * updateWeight }),
    ...(leakPjPerCycle > 0 && { leakPjPerCycle }),
    ...(clusterSize > 1 && { clusterSize }),
    ...(network !== null && { network }),
  };
}

/** The guard keeps rows that are whole but for rounding from costing one more. */
function rowsOf(level: CompiledLevel, sizes: Float64Array, rounding: Rounding): number {
  if (level.rows === null) return Number.POSITIVE_INFINITY;
  const rows = evaluateMonomial(level.rows, sizes);
  return rounding === "exact" ? Math.ceil(rows * (1 - 1e-12)) : rows;
}

function valueOrUnlimited(monomial: Monomial | null, sizes: Float64Array): number {
  return monomial === null ? Number.POSITIVE_INFINITY : evaluateMonomial(monomial, sizes);
}

/** Adds the derivative with respect to log sizes, given that with respect to the log of a monomial. */
function spread(monomial: Monomial | null, toLog: number, toLogSizes: Float64Array): void {
  if (monomial === null || toLog === 0) return;
  const { exponents } = monomial;
  for (let i = 0; i < exponents.length; i++) toLogSizes[i]! += toLog * exponents[i]!;
}

function spreadPort(monomial: Monomial | null, toPort: number, sizes: Float64Array, toLogSizes: Float64Array): void {
  if (monomial === null || toPort === 0) return;
  spread(monomial, toPort * evaluateMonomial(monomial, sizes), toLogSizes);
}

function bandwidthOf({ template }: CompiledLevel, machine: Machine, l: number): Bandwidth {
  if (template.bandwidthWordsPerCycle === null) return null;
  if ("shared" in template.bandwidthWordsPerCycle) return { shared: machine.bandwidthShared[l]! };
  const { bandwidthWordsPerCycle: ports } = template;
  const read = { read: machine.bandwidthRead[l]! };
  const write = { write: machine.bandwidthWrite[l]! };
  if (!("write" in ports)) return read;
  return "read" in ports ? { ...read, ...write } : write;
}

function checkPrice(level: CompiledLevel, machine: Machine, l: number, table: EnergyTable): void {
  if (Number.isFinite(machine.energyPerVectorAccessPj[l]) && Number.isFinite(machine.areaUm2[l])) return;
  const { name } = level.template;
  const unlimited = level.rows === null ? ", whose rows are unlimited" : "";
  throw new LoopnestError({
    code: "input",
    path: `levels[${l}].rowsPerInstance`,
    problem: `energy table ${table.name} cannot price ${name}${unlimited}`,
    fix: "give it a number of rows, or the kind dram",
    level: name,
  });
}
