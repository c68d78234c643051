import { type Cost, clonePoint, emptyNeeds, type NestPoint } from "@loopnest/mapspace";
import { evaluateDesignOn } from "../network/network.js";
import { smallestSizes } from "../network/smallest-sizes.js";
import { emptyPoints, type SearchRun } from "../run/search-run.js";
import { randomHardware } from "../sampling/random-hardware.js";
import { randomMapping } from "../sampling/random-mapping.js";
import { repair } from "../sampling/repair.js";

/** Hardware, a mapping per layer that fits it, and what the layers cost there. */
export interface Candidate {
  sizes: Float64Array;
  readonly points: NestPoint[];
  readonly costs: Cost[];
  /** Of the objective, raised where a limit is broken (`PlacedNetwork.value`). */
  value: number;
}

/** Draws of hardware before a search gives up on finding one that every layer can be made to fit. */
const DRAWS = 1000;

/**
 * Random hardware with random mappings: one sample. Leaves the network placed there; `null` if nothing that fits was
 * found.
 */
export function randomCandidate(run: SearchRun): Candidate | null {
  const { network, placed, random } = run;
  const points = emptyPoints(run);
  for (let draw = 0; draw < DRAWS; draw++) {
    const sizes = randomHardware(network, random);
    placed.place(sizes);
    if (points.every((point, i) => randomMapping(placed, i, point, random))) return measured(run, sizes, points);
  }
  return null;
}

/**
 * The candidate on other hardware, mappings that no longer fit made to: one sample. Leaves the network placed there.
 *
 * @returns `null` if a mapping cannot be made to fit; then nothing is spent.
 */
export function movedTo(run: SearchRun, candidate: Candidate, sizes: Float64Array): Candidate | null {
  const { placed, random } = run;
  placed.place(sizes);
  const points = candidate.points.map(clonePoint);
  if (!points.every((point, i) => repair(placed, i, point, random))) return null;
  return measured(run, sizes, points);
}

function measured({ placed }: SearchRun, sizes: Float64Array, points: NestPoint[]): Candidate {
  const costs = points.map((point, i) => {
    placed.excess(i, point);
    return placed.cost(i);
  });
  return { sizes, points, costs, value: placed.value(costs) };
}

/** The smallest hardware that holds the candidate's mappings; `null` if that is the hardware it has. */
export function smallerHardware({ network, placed }: SearchRun, candidate: Candidate): Float64Array | null {
  const sizes = new Float64Array(candidate.sizes.length);
  const needsOf = (i: number) => {
    placed.excess(i, candidate.points[i]!);
    return placed.needs;
  };
  if (!smallestSizes(network, needsOf, emptyNeeds(network.levelCount), sizes)) return null;
  return sizes.some((size, k) => size !== candidate.sizes[k]) ? sizes : null;
}

/** Hands the candidate to the record if it is the best so far. Its costs are known: nothing is spent. */
export function offer({ network, record, buffers }: SearchRun, { value, sizes, points }: Candidate): void {
  if (record.best !== null && value >= record.best.value) return;
  const nests = points.map(({ nest }) => nest);
  record.offer(evaluateDesignOn(network, nests, sizes, buffers));
}

/** Offers a random candidate if a sample is left: for budgets too small for anything else. */
export function offerRandom(run: SearchRun): void {
  if (run.budget.done || run.budget.left < run.network.layers.length) return;
  const candidate = randomCandidate(run);
  if (candidate !== null) offer(run, candidate);
}
