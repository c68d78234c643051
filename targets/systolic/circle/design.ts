import { type Hardware, type Mapping, systolic, type Workload } from "@loopnest/mapspace";
import { energyTable, evaluate, priceTarget } from "@loopnest/model-analytical";
import { spearman } from "@loopnest/model-learned";
import { defaultMapping } from "../src/index.js";
import type { Case, Measured } from "./sample-lines.js";

/** Hardware and a mapping for every layer, with the cycles that a model predicted for each. */
export interface Design {
  readonly hardware: Hardware;
  readonly mappings: readonly Mapping[];
  /** Of one execution of each layer; the analytical model's unless a learned one predicted them. */
  readonly predictedCycles: readonly number[];
}

/** A design with what the RTL made of it, for the whole network. */
export interface Outcome {
  readonly hardware: Hardware;
  readonly energyUj: number;
  readonly predictedCycles: number;
  readonly measuredCycles: number;
  /** Energy of the model times cycles of the RTL, in uJ x cycles. */
  readonly measuredEdp: number;
  /** Mean over layers of |log(measured / predicted)|, and rank correlation of the two. */
  readonly meanLogError: number;
  readonly rankCorrelation: number;
}

const priced = priceTarget(systolic, energyTable(systolic.energyTable));

/** Energy and latency of the analytical model. */
export function analytical(problem: Case["problem"], mapping: Mapping, hardware: Hardware) {
  const { energyPj, cycles } = evaluate(problem, priced.architecture(hardware), mapping);
  return { energyUj: energyPj / 1e6, cycles };
}

/** The mappings of the default tiler on a machine. */
export function defaultDesign({ layers }: Workload, hardware: Hardware): Design {
  const mappings = layers.map(({ problem }) => defaultMapping(problem, hardware));
  return {
    hardware,
    mappings,
    predictedCycles: layers.map(({ problem }, i) => analytical(problem, mappings[i]!, hardware).cycles),
  };
}

/** One case a layer. */
export function casesOf({ layers }: Workload, { mappings, hardware }: Design, name: string): Case[] {
  return layers.map(({ problem }, i) => ({ id: `${name}-${i + 1}`, problem, mapping: mappings[i]!, hardware }));
}

/** @param measured Of the cases of `casesOf`, in their order. */
export function outcome({ layers }: Workload, design: Design, measured: readonly Measured[]): Outcome {
  let energyUj = 0;
  let predictedCycles = 0;
  let measuredCycles = 0;
  let logErrors = 0;
  layers.forEach(({ problem, count }, i) => {
    const [predicted, cycles] = [design.predictedCycles[i]!, measured[i]!.cycles];
    energyUj += count * analytical(problem, design.mappings[i]!, design.hardware).energyUj;
    predictedCycles += count * predicted;
    measuredCycles += count * cycles;
    logErrors += Math.abs(Math.log(cycles / predicted));
  });
  return {
    hardware: design.hardware,
    energyUj,
    predictedCycles,
    measuredCycles,
    measuredEdp: energyUj * measuredCycles,
    meanLogError: logErrors / layers.length,
    rankCorrelation: spearman(
      design.predictedCycles,
      measured.map(({ cycles }) => cycles),
    ),
  };
}
