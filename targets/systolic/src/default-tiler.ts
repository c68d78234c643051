import {
  divisors,
  type Hardware,
  hardwareSizes,
  LoopnestError,
  type Mapping,
  type Problem,
  systolic,
} from "@loopnest/mapspace";
import { convShape, type Dim, dimNames } from "./conv-shape.js";
import { lower } from "./lower.js";

/** Loops over tiles, outermost first: sums of a tile are complete before the next tile begins. */
const tileOrder: readonly Dim[] = ["G", "N", "K", "P", "Q", "C", "R", "S"];
/** Loops within a tile, outermost first, as the hardware has them. */
const innerOrder: readonly Dim[] = ["G", "K", "S", "R", "C", "N", "Q", "P"];
/**
 * Dimensions whose part in a tile grows, in turn. The filter window comes first: it is small, and shares its inputs.
 */
const growth: readonly Dim[] = ["R", "S", "Q", "P", "K", "C", "N", "G"];

/**
 * The mapping that a simple tiler would choose, with no model of the machine but its sizes: fill the array with as many
 * channels as it takes, then let the tile grow, one dimension after the other and to its next divisor each time, as
 * long as it fits half of each memory (the other half is the second buffer); reductions are the innermost loops over
 * tiles, so that no partial sum leaves the chip. This is what the library functions that come with such arrays do
 * (Gemmini's `tiled_conv_auto` grows its tiles in turn and keeps sums in the accumulator, too).
 *
 * @throws LoopnestError as `lower` does; `capacity` if even the smallest tile does not fit.
 */
export function defaultMapping(problem: Problem, hardware: Hardware): Mapping {
  const { bounds } = convShape(problem);
  const peDim = hardwareSizes(systolic, hardware)[0]!;
  const widest = (bound: number) => Math.max(...divisors(bound).filter((divisor) => divisor <= peDim));
  const spatial = { C: widest(bounds.C), K: widest(bounds.K) };
  const within = Object.fromEntries(dimNames.map((dim) => [dim, 1])) as Record<Dim, number>;
  const left = (dim: Dim) => bounds[dim] / (dim === "C" || dim === "K" ? spatial[dim] : 1);
  const mapping = (): Mapping => [
    {
      level: "DRAM",
      temporal: loops(tileOrder, (dim) => left(dim) / within[dim]),
      spatial: [],
      keeps: ["Weights", "Inputs", "Outputs"],
    },
    {
      level: "Scratchpad",
      temporal: [],
      spatial: spatial.K > 1 ? [["K", spatial.K, "X"]] : [],
      keeps: ["Weights", "Inputs"],
    },
    {
      level: "Accumulator",
      temporal: loops(innerOrder, (dim) => within[dim]),
      spatial: spatial.C > 1 ? [["C", spatial.C, "Y"]] : [],
      keeps: ["Outputs"],
    },
    { level: "Registers", temporal: [], spatial: [], keeps: ["Weights"] },
  ];
  lower(problem, mapping(), hardware);
  for (let grows = true; grows; ) {
    grows = false;
    for (const dim of growth) {
      const before = within[dim];
      const next = divisors(left(dim)).find((divisor) => divisor > before && divisor % before === 0);
      if (next === undefined) continue;
      within[dim] = next;
      if (fits(problem, mapping(), hardware)) grows = true;
      else within[dim] = before;
    }
  }
  return mapping();
}

function loops(order: readonly Dim[], factor: (dim: Dim) => number): [Dim, number][] {
  return order.map((dim): [Dim, number] => [dim, factor(dim)]).filter(([, bound]) => bound > 1);
}

function fits(problem: Problem, mapping: Mapping, hardware: Hardware): boolean {
  try {
    lower(problem, mapping, hardware);
    return true;
  } catch (error) {
    if (error instanceof LoopnestError && error.code === "capacity") return false;
    throw error;
  }
}
