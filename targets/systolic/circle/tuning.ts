import type { Hardware } from "@loopnest/mapspace";

/** What the circle reads of `tune.json`, which `loopnest tune` writes. */
export interface Tuning {
  readonly measurements: { readonly made: number; readonly failed: number };
  readonly designs: readonly TunedDesign[];
  /** Name of the design with the least measured EDP. */
  readonly best: string;
  readonly points: readonly TunedPoint[];
}

/** A design that was measured, uJ x cycles and cycles of the whole network. */
export interface TunedDesign {
  readonly name: string;
  readonly way: "tiler" | "analytical" | "learned" | "careful";
  readonly round: number;
  readonly hardware: Hardware;
  readonly measured: { readonly edp: number; readonly energyUj: number; readonly latencyCycles: number } | null;
}

/** A case that was measured, with what was predicted of it before. */
export interface TunedPoint {
  readonly round: number;
  readonly layer: string;
  /** Whether a search found it; the others were sampled. */
  readonly found: boolean;
  readonly predictedCycles: number;
  readonly analyticalCycles: number;
  readonly measuredCycles: number;
}
