import {
  conv,
  type FreeSize,
  type LevelTemplate,
  makeMapspace,
  type Problem,
  type Random,
  seededRandom,
  sizeValues,
  type Target,
  type Workload,
  withBits,
} from "@loopnest/mapspace";
import { builtInEnergyTable, type EnergyTable } from "@loopnest/model-analytical";
import { type Objective, objectiveNames } from "../src/index.js";
import type { ExhaustiveSearch } from "./exhaustive-search.js";
import { steepTable } from "./small-targets.js";

/** A machine and a network so small that everything can be gone through. */
export interface RandomQuestion {
  readonly target: Target;
  readonly table: EnergyTable;
  readonly workload: Workload;
}

/** Splits of a layer at most: orders multiply them. */
const MOST_SPLITS = 80;
const MOST_HARDWARE = 16;

/** Question number `number` of a seed: the same every time. */
export function randomQuestion(seed: number, number: number): RandomQuestion {
  const random = seededRandom(seed, number);
  for (;;) {
    const machine = randomTarget(random);
    // Wires are priced by the word: a machine that prices them runs elements of a word each.
    const isWired = machine.levels.some(({ network }) => network !== undefined);
    const workload = randomNetwork(random, isWired ? (problem) => problem : withWidths);
    const target = withLimits(machine, workload, seededRandom(seed, number, 2));
    const hardware = target.sizes.reduce((product, size) => product * sizeValues(size).length, 1);
    if (hardware > MOST_HARDWARE) continue;
    if (workload.layers.some(({ problem }) => splitCount(target, problem) > MOST_SPLITS)) continue;
    const table = random.pick([steepTable, builtInEnergyTable("dosa"), builtInEnergyTable("cacti-40nm")]);
    return { target, table: random.uniform() < 0.5 ? table : withParts(table, target, random), workload };
  }
}

/** The target, once in three times with limits on one or two factors that leave every layer some tiling. */
function withLimits(target: Target, { layers }: Workload, random: Random): Target {
  if (random.uniform() > 1 / 3) return target;
  const limited = [1, 2].reduce((own) => {
    const l = random.below(own.levels.length);
    const { space } = own.levels[l]!;
    const kind = random.pick(["X", "Y", "temporal"] as const);
    const { temporal, spatialX, spatialY, factors = [] } = space;
    const dims = kind === "X" ? spatialX : kind === "Y" ? spatialY : temporal === "all" ? ["P", "C", "K"] : temporal;
    if (dims.length === 0 || factors.length > 0) return own;
    const dim = random.pick(dims);
    const factor = random.pick([1, 2, 2, 3, 4]);
    const limit = random.uniform() < 0.5 ? { least: factor, most: factor } : { most: factor };
    const levels = own.levels.map((level, i) =>
      i === l ? { ...level, space: { ...space, factors: [{ dim, kind, ...limit }] } } : level,
    );
    return { ...own, levels };
  }, target);
  try {
    for (const { problem } of layers) makeMapspace(limited, problem);
    return limited;
  } catch {
    return target;
  }
}

/**
 * A table in which some kinds of access are cheaper than others, and levels leak: little, or more than all the rest.
 */
function withParts(table: EnergyTable, { levels }: Target, random: Random): EnergyTable {
  const weight = () => random.pick([1, 1, 0.75, 0.1]);
  const parts = new Map(
    levels.map(({ name }) => [
      name,
      {
        ...{ readWeight: weight(), fillWeight: weight(), updateWeight: weight() },
        leakPjPerCycle: random.pick([0, 0, 0.3, 50]),
      },
    ]),
  );
  return { ...table, parts: ({ name }) => parts.get(name)! };
}

/** An objective, with limits that some hardware or mapping just keeps, or that lie between. */
export function randomObjective(
  random: Random,
  { areasMm2, latencies, energiesUj, edps }: ExhaustiveSearch,
): Objective {
  const name = random.pick(objectiveNames);
  const limit = (values: readonly number[], whole: boolean) => {
    const [a, b] = [random.pick(values), random.pick(values)];
    const between = random.uniform() < 0.5 ? a : (a + b) / 2;
    return whole ? Math.floor(between) : between;
  };
  return {
    name,
    ...(random.uniform() < 0.5 && { maxAreaMm2: limit(areasMm2, false) }),
    ...(random.uniform() < 0.5 && { maxLatencyCycles: limit(latencies, true) }),
    ...(random.uniform() < 0.3 && { maxEnergyUj: limit(energiesUj, false) * 1.0000001 }),
    ...(random.uniform() < 0.3 && { maxEdp: limit(edps, false) * 1.0000001 }),
  };
}

/**
 * DRAM, one or two buffers, registers or none; ports split or shared, as wide as the array or not; several instances;
 * rows of one word or many; sizes with steps; loops that hand tiles over.
 */
function randomTarget(random: Random): Target {
  const pick = random.pick;
  const chance = (share: number) => random.uniform() < share;
  const amount = () => pick(["pe", "2 * pe", 1, 2, 3, 0.7, 5]);
  const bandwidth = (): LevelTemplate["bandwidthWordsPerCycle"] => {
    if (chance(0.15)) return null;
    if (chance(0.15)) return chance(0.5) ? { read: amount() } : { write: amount() };
    return chance(0.5) ? { shared: amount() } : { read: amount(), write: amount() };
  };
  const size = (name: string, most: number): FreeSize => {
    const step = pick([1, 1, 2, 3]);
    const min = 1 + random.below(3);
    const max = Math.ceil(min / step) * step + step * random.below(most);
    const free = { name, description: "", min, max, step, default: step };
    return { ...free, default: sizeValues(free)[0]! };
  };
  const sizes = [size("pe", 3), size("near", 4), size("far", 4)];
  const kinds = ["scratchpad", "accumulator", "register"] as const;
  const dims = ["R", "P", "C", "K"] as const;
  const some = (share: number) => dims.filter(() => chance(share));
  const order = () =>
    chance(0.5)
      ? ("any" as const)
      : pick([
          ["P", "C", "R", "K"],
          ["K", "R", "C", "P"],
        ]);
  const block = () => pick<string | number>(["pe", 1, 2, 4]);
  const columns = { instances: "pe", meshX: "pe" };
  const single = { instances: 1, meshX: 1 };
  const grid = { instances: "pe^2", meshX: "pe" };
  const [middleMesh, innerMesh] = pick([
    [single, columns],
    [columns, grid],
    [single, grid],
    [columns, columns],
  ]);
  const spatial = { spatialX: some(0.4), spatialY: some(0.3) };
  const keeps = pick([
    [["Weights", "Inputs"], ["Outputs"]],
    [
      ["Inputs", "Outputs"],
      ["Weights", "Inputs", "Outputs"],
    ],
    [["Weights", "Inputs", "Outputs"], ["Weights"]],
    [["Inputs"], ["Weights", "Outputs"]],
  ]);
  const price = () => pick([0, 0.5, 20]);
  const wires = () =>
    chance(0.3) && { network: { hopEnergyPj: price(), routerEnergyPj: price(), ingressEnergyPj: price() } };
  const buffer = (name: string, own: string, keep: readonly string[], mesh: typeof columns | typeof single) => ({
    name,
    kind: pick(kinds),
    ...wires(),
    ...(chance(0.2) && { clusterSize: pick([2, 3]) }),
    keeps: keep,
    wordBits: pick([4, 8, 16, 32]),
    blockSize: block(),
    rowsPerInstance: chance(0.85) ? `${pick([4, 8, 12])} * ${own}${chance(0.5) ? " / pe" : ""}` : 16,
    ...(chance(0.3) && { buffers: 2 }),
    bandwidthWordsPerCycle: bandwidth(),
    ...mesh,
    space: { temporal: some(0.6), order: order(), ...spatial, ...(chance(0.5) && { spatialX: some(0.3) }) },
  });
  return {
    name: "random",
    description: "",
    source: "",
    sizes,
    levels: [
      {
        name: "DRAM",
        kind: "dram",
        keeps: ["Weights", "Inputs", "Outputs"],
        wordBits: 8,
        blockSize: pick([1, 2, 4, 8]),
        rowsPerInstance: null,
        bandwidthWordsPerCycle: bandwidth(),
        ...single,
        ...wires(),
        space: { temporal: "all", order: "any", spatialX: [], spatialY: [] },
      },
      buffer("Far", "far", keeps[0]!, single),
      buffer("Near", "near", keeps[1]!, middleMesh),
      ...(chance(0.5)
        ? [
            {
              ...buffer("Registers", "near", ["Weights"], innerMesh),
              rowsPerInstance: 1,
              blockSize: 1,
              space: { temporal: [], order: "any" as const, spatialX: [], spatialY: [] },
            },
          ]
        : []),
    ],
    compute: { ...innerMesh, macBits: 8 },
    energyTable: "dosa",
  };
}

function randomNetwork(random: Random, finish: (problem: Problem, random: Random) => Problem): Workload {
  const bound = () => random.pick([1, 1, 2, 2, 3, 4, 6]);
  const layers = Array.from({ length: 1 + random.below(2) }, () => ({
    count: 1 + random.below(3),
    problem: finish(
      conv({
        R: random.pick([1, 1, 2, 3]),
        S: 1,
        P: bound(),
        Q: 1,
        C: bound(),
        K: bound(),
        stride: random.pick([1, 1, 2]),
        dilation: random.pick([1, 1, 2]),
      }),
      random,
    ),
  }));
  return { name: "random", description: "", source: "", layers };
}

/** Half of the problems as they are, in others elements of widths that fill words, parts of words, or neither. */
function withWidths(problem: Problem, random: Random): Problem {
  if (random.uniform() < 0.5) return problem;
  const width = () => random.pick([2, 4, 8, 16, 3, 12]);
  const outputs = width();
  const partialSums = outputs * random.pick([1, 2, 3]);
  return withBits(problem, { weights: width(), inputs: width(), outputs, partialSums });
}

function splitCount(target: Target, problem: Workload["layers"][number]["problem"]): number {
  const { slotsOf, shape } = makeMapspace(target, problem);
  return slotsOf.reduce((product, slots, d) => product * waysToWrite(shape.bounds[d]!, slots.length), 1);
}

/** Ways to write n as an ordered product of so many factors. */
function waysToWrite(n: number, factors: number): number {
  if (factors === 1) return 1;
  let ways = 0;
  for (let factor = 1; factor <= n; factor++) if (n % factor === 0) ways += waysToWrite(n / factor, factors - 1);
  return ways;
}
