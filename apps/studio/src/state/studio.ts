import {
  type ActionCosts,
  builtInTarget,
  builtInWorkload,
  type Hardware,
  type Mapping,
  type Target,
  type Workload,
  type WorkloadSizes,
} from "@loopnest/mapspace";
import type { RunResult } from "@loopnest/report";
import type { SearchState } from "./search-state.js";

/** The rooms of the studio. */
export const views = ["network", "machine", "mapping", "time", "search", "hardware", "compare"] as const;
export type View = (typeof views)[number];

/** A network, and by what it can be had again: its built-in name and sizes, or nothing but itself. */
export interface ChosenNetwork {
  readonly workload: Workload;
  readonly builtIn: { readonly name: string; readonly sizes: WorkloadSizes } | null;
}

/** A target and its prices; `builtIn` is its name if it is one of those. */
export interface ChosenTarget {
  readonly target: Target;
  readonly builtIn: string | null;
  /** Prices of one's own, in place of the built-in table that the target names. */
  readonly energyTable?: ActionCosts;
}

/** What a step of the user changes, and undo brings back. */
export interface Drawing {
  /** Every free size of the target. */
  readonly hardware: Hardware;
  /** By layer, those that were set; the others are found when they are looked at. */
  readonly mappings: Readonly<Record<number, Mapping>>;
}

/** A design that is kept: one that a search found, or one of a run folder. */
export interface KeptDesign {
  readonly label: string;
  readonly network: ChosenNetwork;
  readonly target: ChosenTarget;
  readonly result: RunResult;
}

/** All that the studio is about, as plain data: what is drawn follows from it, and from nothing else. */
export interface Studio {
  readonly view: View;
  readonly network: ChosenNetwork;
  readonly target: ChosenTarget;
  /** Of the layer that is looked at. */
  readonly layer: number;
  readonly drawing: Drawing;
  readonly past: readonly Drawing[];
  readonly future: readonly Drawing[];
  /** A mapping to compare with: of the layer, on the hardware of that moment. */
  readonly pinned: { readonly layer: number; readonly mapping: Mapping; readonly hardware: Hardware } | null;
  readonly designs: readonly KeptDesign[];
  /** The search that runs or ran last; `null` before the first. */
  readonly search: SearchState | null;
}

/** Sizes of a target as it was built. */
export function defaultHardware(target: Target): Hardware {
  return Object.fromEntries(target.sizes.map((size) => [size.name, size.default]));
}

/** What somebody sees who comes for the first time. */
export function firstStudio(): Studio {
  const target = builtInTarget("gemmini");
  return {
    view: "network",
    network: { workload: builtInWorkload("resnet50"), builtIn: { name: "resnet50", sizes: {} } },
    target: { target, builtIn: "gemmini" },
    layer: 0,
    drawing: { hardware: defaultHardware(target), mappings: {} },
    past: [],
    future: [],
    pinned: null,
    designs: [],
    search: null,
  };
}
