import { emptyMachine, type Machine, type Monomial, type PerformanceModel } from "@loopnest/mapspace";
import type { Extremes } from "./extreme-machines.js";
import type { HardwareSpace, SizeRange } from "./hardware-space.js";
import type { MostFanOut } from "./usable-units.js";

/** The least that anything costs on any hardware of a space, and the most that it offers. */
export interface LeastCosts {
  /** What is the same on all hardware is taken from this; it has the fewest instances. */
  readonly reference: Machine;
  /** The least bandwidths and the widest rows; the largest bandwidths. */
  readonly limits: Extremes;
  readonly fastest: Machine;
  /** The most words that every level holds, and the most children that an instance of it has. */
  readonly capacities: Float64Array;
  readonly fanOut: MostFanOut;
  readonly areaUm2: number;
  /**
   * Energy of an access to level l, per word where rows are of different widths, on hardware whose level l holds so
   * many words; pJ.
   */
  price(l: number, words: number): number;
}

/** Steps of the words for which prices are kept, an octave, and how many. */
const STEPS = 16;
const MOST_STEPS = 48 * STEPS;
/** Ratio of the memory sizes that prices are taken from, and how many machines are looked at for a level's prices. */
const RATIO = 1.03;
const MOST_MACHINES = 4e6;
const PORTS = ["bandwidthShared", "bandwidthRead", "bandwidthWrite"] as const;

/**
 * The least costs of a space. Every level is looked at by itself, on all combinations of the sizes that it depends on,
 * so that arrays need not be listed.
 *
 * Prices hold the ground between words that are kept by rounding down: both a step of the words and a step of the
 * memory are taken at their lower ends, for prices rise with a memory.
 */
export function leastCosts(space: HardwareSpace, model: PerformanceModel): LeastCosts {
  const { compiled, ranges, memories, memoryOf, varies } = space;
  const { levels } = compiled;
  const smallest = Float64Array.from(ranges, ({ values }) => values[0]!);
  const machineOf = (sizes: Float64Array) => {
    const machine = emptyMachine(levels.length);
    model.machine(sizes, "exact", machine);
    return machine;
  };
  const reference = machineOf(smallest);
  const slowest = machineOf(smallest);
  const fastest = machineOf(smallest);
  const widest = reference.blockSize.slice();
  const capacities = new Float64Array(levels.length);
  const prices: Float64Array[] = [];
  const machine = emptyMachine(levels.length);
  // Compute units have one area, whatever the sizes.
  let areaUm2 =
    (reference.areaUm2[levels.length]! / reference.instances[levels.length]!) *
    extreme(compiled.computeInstances, ranges, "least");
  levels.forEach(({ rows, blockSize, shared, read, write, instances }, l) => {
    const memory = memories[memoryOf[l]!];
    const uses = [rows, blockSize, shared, read, write];
    const own = ranges.filter(
      ({ index, values }) =>
        values.length > 1 && index !== memory?.index && uses.some((one) => one !== null && one.exponents[index] !== 0),
    );
    const combinations = own.reduce((product, { values }) => product * values.length, 1);
    const steps = memory === undefined ? [] : spaced(memory.values);
    // Where there are too many, the smallest memory has to do.
    const sizes = steps.length * combinations > MOST_MACHINES ? steps.slice(0, 1) : steps;
    const least = new Float64Array(MOST_STEPS).fill(Number.POSITIVE_INFINITY);
    const offer = (fromWords: number, price: number) => {
      const from = fromWords <= 0 ? 0 : Math.min(MOST_STEPS - 1, stepOf(fromWords));
      if (price < least[from]!) least[from] = price;
    };
    let areaOfOne = Number.POSITIVE_INFINITY;
    eachCombination(own, smallest.slice(), (combination) => {
      const look = () => {
        model.machine(combination, "exact", machine);
        return machine.energyPerVectorAccessPj[l]! / (varies[l]!.block ? machine.blockSize[l]! : 1);
      };
      let price = look();
      widest[l] = Math.max(widest[l]!, machine.blockSize[l]!);
      areaOfOne = Math.min(areaOfOne, machine.areaUm2[l]! / machine.instances[l]!);
      for (const port of PORTS) {
        slowest[port][l] = Math.min(slowest[port][l]!, machine[port][l]!);
        fastest[port][l] = Math.max(fastest[port][l]!, machine[port][l]!);
      }
      if (memory === undefined) {
        capacities[l] = Math.max(capacities[l]!, machine.capacityWords[l]!);
        return offer(Number.POSITIVE_INFINITY, price);
      }
      // Words that the next of the sizes holds, and this one may not, need a larger one than this: it costs no less.
      for (const value of sizes.slice(1)) {
        combination[memory.index] = value;
        const next = look();
        offer(machine.capacityWords[l]!, price);
        price = next;
      }
      offer(Number.POSITIVE_INFINITY, price);
      combination[memory.index] = memory.values.at(-1)!;
      look();
      capacities[l] = Math.max(capacities[l]!, machine.capacityWords[l]!);
      combination[memory.index] = smallest[memory.index]!;
    });
    // A price found for up to so many words holds for fewer, too.
    for (let step = MOST_STEPS - 2; step >= 0; step--) least[step] = Math.min(least[step]!, least[step + 1]!);
    prices.push(least);
    const fewest = extreme(instances, ranges, "least");
    areaUm2 += areaOfOne * fewest;
    for (const one of [reference, slowest, fastest]) one.instances[l] = fewest;
  });
  return {
    reference,
    limits: { slowest, widest },
    fastest,
    capacities,
    fanOut: {
      x: Float64Array.from(levels, ({ fanOutX }) => extreme(fanOutX, ranges, "most")),
      y: Float64Array.from(levels, ({ fanOutY }) => extreme(fanOutY, ranges, "most")),
    },
    areaUm2,
    price: (l, words) => prices[l]![words <= 1 ? 0 : Math.min(MOST_STEPS - 1, stepOf(words * (1 - 1e-9)))]!,
  };
}

/** The step of the words, or of something more. */
function stepOf(words: number): number {
  return words <= 1 ? 0 : Math.min(MOST_STEPS - 1, Math.floor(Math.log2(words) * STEPS));
}

/** Values that grow by a ratio, the smallest first, with no other between two that are next to each other. */
function spaced(values: Float64Array): number[] {
  const kept = [values[0]!];
  for (const value of values) if (value >= kept.at(-1)! * RATIO) kept.push(value);
  return kept;
}

/** The least or most that a monomial comes to in some ranges. */
function extreme({ coefficient, exponents }: Monomial, ranges: readonly SizeRange[], want: "least" | "most") {
  return ranges.reduce((product, { index, values }) => {
    const exponent = exponents[index]!;
    const atEnd = exponent > 0 === (want === "most");
    return product * (atEnd ? values.at(-1)! : values[0]!) ** exponent;
  }, coefficient);
}

function eachCombination(ranges: readonly SizeRange[], sizes: Float64Array, visit: (sizes: Float64Array) => void) {
  const [first, ...rest] = ranges;
  if (first === undefined) return visit(sizes);
  for (const value of first.values) {
    sizes[first.index] = value;
    eachCombination(rest, sizes, visit);
  }
}
