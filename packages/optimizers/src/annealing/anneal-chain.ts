import { clonePoint, copyPoint } from "@loopnest/mapspace";
import { type Candidate, movedTo, offer, randomCandidate, smallerHardware } from "../candidates/candidate.js";
import type { SearchRun } from "../run/search-run.js";
import { neighbourHardware } from "../sampling/random-hardware.js";
import { makeNeighbourhood, type Neighbourhood } from "./neighbour.js";

/**
 * Temperatures at the start and at the end, relative to the log of the objective. A step of one layer moves the
 * objective by its share only: its temperature is the layers' number times lower.
 */
const FIRST_TEMPERATURE = 1;
const LAST_TEMPERATURE = 0.005;
/** A step of the hardware is judged at a temperature that is this much lower than given above. */
const HARDWARE_STRICTNESS = 5;
/** Share of the samples for steps of the hardware; the rest goes into steps of single layers. */
const HARDWARE_SHARE = 0.5;
/**
 * In the last tenth, some steps of the hardware shrink it to what the mappings need; earlier that would leave no room
 * to move.
 */
const SHRINKING_END = 0.1;
const SHRINKING_SHARE = 0.3;

/** Anneals from random hardware and mappings until the budget is spent. */
export async function annealChain(run: SearchRun, samples: number): Promise<void> {
  const { budget, network, placed, random, pace } = run;
  const layers = network.layers.length;
  let state = randomCandidate(run);
  if (state === null) return;
  offer(run, state);
  const neighbours: readonly Neighbourhood[] = state.points.map(makeNeighbourhood);
  const trials = state.points.map(clonePoint);
  const hardwareChance = HARDWARE_SHARE / (HARDWARE_SHARE + layers * (1 - HARDWARE_SHARE));
  const left = () => budget.left / (samples * layers);

  const accepts = (from: number, to: number, strictness: number) => {
    const temperature = FIRST_TEMPERATURE * (LAST_TEMPERATURE / FIRST_TEMPERATURE) ** (1 - left());
    return random.uniform() < (from / to) ** (strictness / temperature);
  };

  const stepHardware = (from: Candidate): Candidate => {
    const shrinks = left() < SHRINKING_END && random.uniform() < SHRINKING_SHARE;
    const sizes = shrinks ? smallerHardware(run, from) : neighbourHardware(network, from.sizes, random);
    if (sizes === null || budget.left < layers) return from;
    const to = movedTo(run, from, sizes);
    if (to !== null && accepts(from.value, to.value, HARDWARE_STRICTNESS)) return to;
    placed.place(from.sizes);
    return from;
  };

  const stepLayer = (state: Candidate, i: number) => {
    const trial = trials[i]!;
    const before = state.costs[i]!;
    copyPoint(state.points[i]!, trial);
    if (!neighbours[i]!.step(placed, i, trial, random)) return;
    state.costs[i] = placed.cost(i);
    const value = placed.value(state.costs);
    if (accepts(state.value, value, layers)) {
      state.value = value;
      copyPoint(trial, state.points[i]!);
    } else {
      state.costs[i] = before;
    }
  };

  while (!budget.done) {
    await pace.breathe();
    if (random.uniform() < hardwareChance) state = stepHardware(state);
    else stepLayer(state, random.below(layers));
    offer(run, state);
  }
}
