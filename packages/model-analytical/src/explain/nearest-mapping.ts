import {
  type Architecture,
  type Counts,
  defaultCounts,
  flatten,
  type LoopKind,
  LoopnestError,
  type Mapping,
  type Mapspace,
  machineOf,
  type Problem,
  problemShape,
  tensorWidths,
  unflatten,
} from "@loopnest/mapspace";
import { energyPj, totalLeakPj } from "../cost/energy.js";
import { latencyCycles } from "../cost/latency.js";
import { type Evaluation, evaluate } from "../evaluate/evaluate.js";
import { walkExtents } from "../state/extents.js";
import { type LevelTraffic, levelTraffic } from "../state/level-words.js";
import { type NestState, nestState } from "../state/nest-state.js";
import { countTransfers } from "../traffic/transfers.js";
import { type Excess, lessens, measureExcess } from "./excess.js";
import { placeNewLoops } from "./place-new-loops.js";
import { slotNest } from "./slot-nest.js";
import { type Step, stepsFrom, type Tiling, takeStep } from "./steps.js";

/** Where a loop stands. */
export interface Place {
  readonly level: string;
  readonly kind: LoopKind;
}

/**
 * A part of the way: a factor moved, added (`from` is null) or taken away (`to` is null); or a tensor kept, or no more,
 * at a level.
 */
export type Change =
  | { readonly dim: string; readonly factor: number; readonly from: Place | null; readonly to: Place | null }
  | { readonly tensor: string; readonly level: string; readonly kept: boolean };

/** The nearest mapping that fits. */
export interface NearestMapping {
  readonly mapping: Mapping;
  readonly evaluation: Evaluation;
  /** The way there, moves between the same places together. */
  readonly changes: readonly Change[];
  /**
   * How far it is: prime factors moved, added or taken away, and tensors kept at a level where they were not, or the
   * reverse.
   */
  readonly moves: number;
  /** Whether all mappings that are fewer moves away were looked at; if not, a nearer one may exist. */
  readonly proven: boolean;
}

/** Neighbours looked at before the search narrows to the most promising. */
const MOST_NEIGHBOURS = 30_000;
const PROMISING = 50;
/** Farther than any mapping needs to go. */
const MOST_MOVES = 80;

interface Node extends Tiling {
  readonly excess: Excess;
  readonly step: Step | null;
  readonly parent: Node | null;
}

/**
 * Finds the mapping that fits an architecture and is the fewest moves away from one that does not; of equally near ones
 * that of least energy x latency. Loops keep their order; one that comes up anew at a level takes the place where it
 * costs least.
 *
 * Tensors stay kept where they are unless nothing else helps.
 *
 * Searched breadth first. A move is followed if it lessens some limit that is broken: on a shortest way there always is
 * such a move.
 *
 * @param space The mapspace of a target with the architecture's levels: then only loops that it has slots for are used.
 * @returns `null` if nothing that fits was found.
 * @throws LoopnestError `input` or `unsupported` if problem, architecture or mapping is malformed.
 */
export function nearestMapping(
  problem: Problem,
  architecture: Architecture,
  mapping: Mapping,
  space: Mapspace | null = null,
  counts: Counts = defaultCounts,
): NearestMapping | null {
  const shape = problemShape(problem);
  flatten(shape, architecture, mapping);
  if (space !== null) checkLevels(architecture, space);
  const machine = machineOf(architecture);
  const layout = slotNest(shape, architecture, mapping, space);
  const { nest, slots } = layout;
  const widths = tensorWidths(problem, architecture.levels);
  const state = nestState(shape, nest, counts, widths);
  const states = new Map<string, { readonly own: NestState; readonly seen: LevelTraffic }>();
  const write = ({ factor, keeps }: Tiling) => {
    nest.factor.set(factor);
    nest.keeps.set(keeps);
  };
  const measured = (tiling: Tiling, step: Step | null, parent: Node | null): Node => {
    write(tiling);
    return { ...tiling, excess: measureExcess(state, nest, machine, slots), step, parent };
  };

  const start = measured({ factor: nest.factor.slice(), keeps: nest.keeps.slice() }, null, null);
  return search(false) ?? search(true);

  function search(mayPass: boolean): NearestMapping | null {
    let frontier = [start];
    const seen = new Set([keyOf(start)]);
    let proven = true;
    for (let moves = 0; moves <= MOST_MOVES && frontier.length > 0; moves++) {
      const fitting = frontier.filter(({ excess }) => excess.total === 0);
      if (fitting.length > 0) return best(fitting, moves, proven);
      const next: Node[] = [];
      let looked = 0;
      for (const node of frontier) {
        for (const step of stepsFrom(node, layout, shape, architecture, worthFor(node), mayPass)) {
          const tiling = takeStep(node, step);
          const key = keyOf(tiling);
          if (seen.has(key)) continue;
          const neighbour = measured(tiling, step, node);
          looked++;
          if (
            !lessens(neighbour.excess.limits, node.excess.limits) &&
            !lessens(neighbour.excess.factors, node.excess.factors)
          ) {
            continue;
          }
          seen.add(key);
          next.push(neighbour);
        }
      }
      const expected = (next.length * looked) / frontier.length;
      if (expected > MOST_NEIGHBOURS && next.length > PROMISING && next.every(({ excess }) => excess.total > 0)) {
        proven = false;
        next.sort((a, b) => a.excess.total - b.excess.total).splice(PROMISING);
      }
      frontier = next;
    }
    return null;
  }

  /**
   * Whether a broken limit is lessened, in the best case, where a prime leaves a slot: where it is as if it were gone.
   */
  function worthFor(node: Node): (prime: number, from: number) => boolean {
    return (prime, from) => {
      const { excess } = measured(takeStep(node, { kind: "factor", prime, from, to: -1 }), null, null);
      return lessens(excess.limits, node.excess.limits);
    };
  }

  function best(fitting: readonly Node[], moves: number, proven: boolean): NearestMapping {
    const costs = new Map(fitting.map((node) => [node, costOf(node)]));
    const cheapest = [...fitting].sort((a, b) => costs.get(a)! - costs.get(b)!).slice(0, 5);
    const levelNames = architecture.levels.map((level) => level.name);
    const placed = cheapest.map((node) => {
      write(node);
      const found = placeNewLoops(
        problem,
        architecture,
        mapping,
        unflatten(shape, levelNames, nest),
        layout.freeOrder,
        counts,
      );
      return { node, found, evaluation: evaluate(problem, architecture, found, counts) };
    });
    const edp = ({ evaluation }: { evaluation: Evaluation }) => evaluation.energyPj * evaluation.cycles;
    const { node, found, evaluation } = placed.reduce((a, b) => (edp(b) < edp(a) ? b : a));
    return { mapping: found, evaluation, changes: changesTo(node), moves, proven };
  }

  /** Energy x latency. What a state knows of kept tensors is fixed: there is one for each choice. */
  function costOf(node: Node): number {
    write(node);
    const choice = node.keeps.join();
    let known = states.get(choice);
    if (known === undefined) {
      const own = nestState(shape, nest, counts, widths);
      states.set(choice, (known = { own, seen: levelTraffic(own) }));
    }
    const { own, seen } = known;
    walkExtents(own, nest);
    countTransfers(own, nest, machine, "exact");
    seen.refresh();
    const cycles = latencyCycles(seen.traffic, nest, machine, "exact");
    return (energyPj(seen.traffic, nest, machine, "exact") + totalLeakPj(seen.traffic, machine, cycles)) * cycles;
  }

  /** The way to a node, moves between the same places together, in the order of dimensions. */
  function changesTo(node: Node): Change[] {
    const place = (slot: number): Place | null =>
      slot < 0 ? null : { level: architecture.levels[slots[slot]!.level]!.name, kind: slots[slot]!.kind };
    const kept: Change[] = [];
    const moved = new Map<string, { dim: number; factor: number; from: Place | null; to: Place | null }>();
    for (let at: Node | null = node; at?.step != null; at = at.parent) {
      const { step } = at;
      if (step.kind !== "factor") {
        const { name } = architecture.levels[step.level]!;
        kept.push({ tensor: problem.tensors[step.tensor]!.name, level: name, kept: step.kind === "keep" });
        continue;
      }
      const { from, to, prime } = step;
      const key = `${from} ${to}`;
      const dim = slots[Math.max(from, to)]!.dim;
      const earlier = moved.get(key);
      if (earlier !== undefined) earlier.factor *= prime;
      else moved.set(key, { dim, factor: prime, from: place(from), to: place(to) });
    }
    const factors = [...moved.values()].sort((a, b) => a.dim - b.dim);
    return [...kept, ...factors.map((change) => ({ ...change, dim: shape.dims[change.dim]! }))];
  }
}

function checkLevels(architecture: Architecture, { target }: Mapspace): void {
  const names = architecture.levels.map((level) => level.name);
  const expected = target.levels.map((level) => level.name);
  if (names.length === expected.length && names.every((name, l) => name === expected[l])) return;
  throw new LoopnestError({
    code: "input",
    path: "architecture.levels",
    problem: `the levels are ${names.join(", ")}, those of ${target.name} are ${expected.join(", ")}`,
    fix: "choose the target that the architecture is made from",
    expected,
    got: names,
  });
}

function keyOf({ factor, keeps }: Tiling): string {
  return `${factor.join()};${keeps.join()}`;
}
