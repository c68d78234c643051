import { type Hardware, type Mapping, systolic, type Workload } from "@loopnest/mapspace";
import { builtInEnergyTable, evaluate, priceTarget } from "@loopnest/model-analytical";
import { defaultMapping } from "../src/index.js";
import type { Case, Measured } from "./sample-lines.js";

/** Hardware and a mapping for every layer of a network, with the cycles that models predict for each. */
export interface Design {
  readonly hardware: Hardware;
  readonly mappings: readonly Mapping[];
  /** Of the learned model that the search used, without a penalty; none if it used the analytical one. */
  readonly learnedCycles?: readonly number[];
}

/** What the RTL made of one layer of a design, and what was predicted. */
export interface LayerOutcome {
  readonly analyticalCycles: number;
  readonly learnedCycles?: number;
  readonly measuredCycles: number;
}

/** A design with what the RTL made of it, for the whole network. */
export interface Outcome {
  readonly hardware: Hardware;
  readonly energyUj: number;
  readonly measuredCycles: number;
  /** Energy of the analytical model at the mapping's whole factors, times cycles of the RTL, in uJ x cycles. */
  readonly measuredEdp: number;
  readonly layers: readonly LayerOutcome[];
}

const priced = priceTarget(systolic, builtInEnergyTable(systolic.energyTable));

/** Energy and latency of the analytical model. */
export function analytical(problem: Case["problem"], mapping: Mapping, hardware: Hardware) {
  const { energyPj, cycles } = evaluate(problem, priced.architecture(hardware), mapping);
  return { energyUj: energyPj / 1e6, cycles };
}

/** The mappings of the default tiler on a machine. */
export function defaultDesign({ layers }: Workload, hardware: Hardware): Design {
  return { hardware, mappings: layers.map(({ problem }) => defaultMapping(problem, hardware)) };
}

/** One case a layer. */
export function casesOf({ layers }: Workload, { mappings, hardware }: Design, name: string): Case[] {
  return layers.map(({ problem }, i) => ({ id: `${name}-${problem.name}`, problem, mapping: mappings[i]!, hardware }));
}

/** @param measured Of the cases of `casesOf`, in their order. */
export function outcome({ layers }: Workload, design: Design, measured: readonly Measured[]): Outcome {
  const { hardware, mappings, learnedCycles } = design;
  let energyUj = 0;
  let measuredCycles = 0;
  const each = layers.map(({ problem, count }, i): LayerOutcome => {
    const own = analytical(problem, mappings[i]!, hardware);
    const { cycles } = measured[i]!;
    energyUj += count * own.energyUj;
    measuredCycles += count * cycles;
    return {
      analyticalCycles: own.cycles,
      measuredCycles: cycles,
      ...(learnedCycles && { learnedCycles: learnedCycles[i]! }),
    };
  });
  return { hardware, energyUj, measuredCycles, measuredEdp: energyUj * measuredCycles, layers: each };
}
