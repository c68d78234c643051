import type { Mapping } from "@loopnest/mapspace";

export const testHardware = { peDim: 8, scratchpadKb: 64, accumulatorKb: 64 };

export type Loops = Readonly<Record<string, number>>;

/** A mapping by its factors: loops of DRAM outermost first, loops within a tile, and K and C in the array. */
export function mappingOf(dram: Loops, within: Loops, K: number, C: number): Mapping {
  const order = ["G", "K", "S", "R", "C", "N", "Q", "P"];
  return [
    { level: "DRAM", temporal: Object.entries(dram), spatial: [], keeps: ["Weights", "Inputs", "Outputs"] },
    { level: "Scratchpad", temporal: [], spatial: [["K", K, "X"]], keeps: ["Weights", "Inputs"] },
    {
      level: "Accumulator",
      temporal: order.flatMap((dim) => (dim in within ? [[dim, within[dim]!] as const] : [])),
      spatial: [["C", C, "Y"]],
      keeps: ["Outputs"],
    },
    { level: "Registers", temporal: [], spatial: [], keeps: ["Weights"] },
  ];
}

/** All in one tile, on one processing element. */
export function singleElement(dims: Loops): Mapping {
  return mappingOf({}, dims, 1, 1);
}
