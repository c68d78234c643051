import { type LayerModel, LoopnestError } from "@loopnest/mapspace";
import { type BestCorner, bestCorner } from "./best-corner.js";
import { combinesBelow } from "./combinations.js";
import { arraysIn, type HardwareBox, makeHardwareGrid, wholeGrid } from "./hardware-grid.js";
import { type Choice, layerChoices } from "./layer-choices.js";
import { type Corner, frontOf, leastOnLine, networkCorners, type Point } from "./least-total.js";
import { keepsArea, type Question, type Totals } from "./question.js";

/** What a box of hardware cannot be better than. */
export interface BoxBound {
  /** No design of the box has a smaller value; infinite if none fits and keeps the limits. */
  readonly value: number;
  /** What attains it, each layer on the machine of the box that suits it best; `null` if nothing fits. */
  readonly attained: Attained | null;
}

export interface Attained extends Totals {
  readonly areaUm2: number;
  readonly choices: readonly Choice[];
}

/** Bounds boxes of the hardware that a question is about. */
export interface BoxBounder {
  readonly grid: ReturnType<typeof makeHardwareGrid>;
  readonly layers: readonly LayerModel[];
  bound(box: HardwareBox): BoxBound;
  /** Whether a box of one array holds a design below a value: all combinations of layers; `null`: too many to say. */
  holdsBelow(box: HardwareBox, value: number): boolean | null;
}

/**
 * A lower bound of a box: every layer may take the mapping that suits it, each level costs what the cheapest machine of
 * the box that holds its words charges, rows are the widest, ports the fastest, and area the least of the box.
 *
 * @throws LoopnestError `unsupported` if the model has no account of its costs or there are too many mappings.
 */
export function makeBoxBounder({ model, workload, objective, fixed }: Question): BoxBounder {
  const grid = makeHardwareGrid(model, fixed);
  const layers = workload.layers.map(({ problem }) => model.layer(problem));
  if (layers.some(({ account }) => account === undefined)) {
    throw new LoopnestError({
      code: "unsupported",
      path: "certificate",
      problem: `the model ${model.name} has no account of its costs`,
      fix: "certify with the exact model",
    });
  }
  const everything = bestCorner(grid, wholeGrid(grid));
  const { columns, rows, machine } = everything;
  const room = { words: machine.capacityWords, columns, rows };
  const known = new Map<string, readonly Choice[]>();

  /** The choices of a layer; where counts depend on the mesh, those of an array. */
  function choicesOf(i: number, box: HardwareBox): readonly Choice[] {
    const layer = layers[i]!;
    const own = layer.account!.meshDependent ? box.low.map((at, s) => (grid.sizes[s]!.isMemory ? 0 : at)) : null;
    const key = `${i}: ${own?.join() ?? ""}`;
    let choices = known.get(key);
    if (choices === undefined) {
      choices = layerChoices(layer, own === null ? machine : grid.array(own).machine, room);
      known.set(key, choices);
    }
    return choices;
  }

  function pointsOf(i: number, box: HardwareBox, corner: BestCorner): Point[] {
    const { account } = layers[i]!;
    const { count } = workload.layers[i]!;
    const points: Point[] = [];
    choicesOf(i, box).forEach((choice, number) => {
      const cost = costOf(choice, account!, corner);
      if (cost === null) return;
      points.push({ choice: number, energyPj: count * cost.energyPj, latencyCycles: count * cost.latencyCycles });
    });
    return frontOf(points);
  }

  function look(box: HardwareBox) {
    const corner = bestCorner(grid, box);
    if (!keepsArea(objective, corner.areaUm2)) return null;
    const fronts = layers.map((_, i) => pointsOf(i, box, corner));
    if (fronts.some((front) => front.length === 0)) return null;
    const base = model.movementCost(workload.dataMovement ?? [], corner.machine, "exact");
    return { corner, fronts, base: { ...base } };
  }

  return {
    grid,
    layers,
    bound(box) {
      if (layers.some(({ account }) => account!.meshDependent) && hasArrays(box) > 1) {
        // Counts differ from array to array: nothing is said of several at once.
        return { value: 0, attained: null };
      }
      const seen = look(box);
      if (seen === null) return { value: Number.POSITIVE_INFINITY, attained: null };
      const corners: Corner[] = networkCorners(seen.fronts, seen.base);
      const { areaUm2 } = seen.corner;
      const { value, corner } = leastOnLine(corners, objective, areaUm2);
      const { energyPj, latencyCycles, choices } = corners[corner]!;
      const chosen = choices.map((number, i) => choicesOf(i, box)[number]!);
      return { value, attained: { energyPj, latencyCycles, areaUm2, choices: chosen } };
    },
    holdsBelow(box, value) {
      const seen = look(box);
      return seen === null ? false : combinesBelow(seen.fronts, seen.base, objective, seen.corner.areaUm2, value);
    },
  };

  function hasArrays(box: HardwareBox): number {
    let count = 0;
    for (const _ of arraysIn(grid, box)) count++;
    return count;
  }
}

/** What a choice costs at the best corner of a box; `null` if it fits no machine of it. */
function costOf(
  { words, columns, rows, traffic }: Choice,
  account: NonNullable<LayerModel["account"]>,
  corner: BestCorner,
): Totals | null {
  const { machine } = corner;
  const { levelCount } = machine;
  let energyPj = traffic.computeCycles * traffic.usedInstances[levelCount]! * machine.macEnergyPj[0]!;
  let latencyCycles = traffic.computeCycles;
  for (let l = 0; l < levelCount; l++) {
    if (columns[l]! > corner.columns[l]! || rows[l]! > corner.rows[l]!) return null;
    const price = corner.price(l, words[l]!);
    if (price === Number.POSITIVE_INFINITY) return null;
    energyPj += account.vectorAccesses(traffic, machine, l) * price;
    latencyCycles = Math.max(latencyCycles, account.levelCycles(traffic, machine, l));
  }
  energyPj += traffic.networkPj + account.leakPjPerCycle(traffic, machine) * latencyCycles;
  return { energyPj, latencyCycles };
}
