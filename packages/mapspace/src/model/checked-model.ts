import { LoopnestError } from "../errors/loopnest-error.js";
import type { Machine } from "../hardware/machine.js";
import type { Needs } from "../hardware/needs.js";
import type { Target } from "../hardware/target.js";
import type { Mapspace } from "../mapping/mapspace.js";
import { type LoopNest, unflatten } from "../mapping/nest.js";
import type { Cost } from "./cost.js";
import type { LayerModel, PerformanceModel } from "./performance-model.js";

/**
 * A model whose answers are looked at before a search goes by them: a cost that is not a number would win or lose every
 * comparison without a word. Costs, needs, prices and derivatives are finite, all but derivatives at least 0, and none
 * is a promise.
 *
 * @returns A model that throws LoopnestError `input`, which names model, layer and mapping, for an answer of another
 * kind.
 */
export function checkedModel(model: PerformanceModel): PerformanceModel {
  const fail = (problem: string, got: unknown): never => {
    throw new LoopnestError({
      code: "input",
      path: "model",
      problem: `the model ${model.name} ${problem}`,
      fix: "a model gives finite numbers of at least 0, and gives them at once",
      got,
    });
  };
  return {
    name: model.name,
    target: model.target,
    machine(sizes, rounding, out) {
      noPromise(model.machine(sizes, rounding, out), () => "a machine", fail);
      const wrong = wrongEntry(out);
      if (wrong !== null)
        fail(`gives the sizes ${sizes.join(", ")} a machine with ${wrong.name} ${wrong.value}`, wrong.value);
    },
    machineGradient(sizes, toMachine, toLogSizes) {
      model.machineGradient(sizes, toMachine, toLogSizes);
      const at = toLogSizes.findIndex((value) => !Number.isFinite(value));
      if (at >= 0) fail(`has a derivative of ${toLogSizes[at]} by ${model.target.sizes[at]!.name}`, toLogSizes[at]);
    },
    movementCost(movement, machine, rounding) {
      const cost = model.movementCost(movement, machine, rounding);
      noPromise(cost, () => "data movement", fail);
      const wrong = wrongCost(cost);
      if (wrong !== null) fail(`gives data movement ${wrong}`, cost);
      return cost;
    },
    movementGradient: (movement, machine, seed, toMachine) =>
      model.movementGradient(movement, machine, seed, toMachine),
    ...(model.retargeted !== undefined && {
      retargeted: (target: Target) => checkedModel(model.retargeted!(target)),
    }),
    layer(problem) {
      const layer = model.layer(problem);
      noPromise(layer, () => `layer ${problem.name}`, fail);
      return checkedLayer(layer, fail);
    },
  };
}

type Fail = (problem: string, got: unknown) => never;

function checkedLayer(layer: LayerModel, fail: Fail): LayerModel {
  const { space, account, placement } = layer;
  const where = (nest: LoopNest) => `layer ${space.problem.name}, mapped as ${loopsText(space, nest)},`;
  return {
    space,
    ...(account !== undefined && { account }),
    ...(placement !== undefined && { placement }),
    ...(layer.follow !== undefined && { follow: (share: number) => layer.follow!(share) }),
    needs(nest, out) {
      noPromise(layer.needs(nest, out), () => where(nest), fail);
      const wrong = wrongNeed(out);
      if (wrong !== null) fail(`gives ${where(nest)} a need of ${wrong}`, wrong);
    },
    evaluate(nest, machine, rounding, out) {
      // What a model does not write must not pass for its answer.
      out.energyPj = Number.NaN;
      out.latencyCycles = Number.NaN;
      noPromise(layer.evaluate(nest, machine, rounding, out), () => where(nest), fail);
      const wrong = wrongCost(out);
      if (wrong !== null) fail(`gives ${where(nest)} ${wrong}`, { ...out });
    },
    gradient(nest, machine, seed, toFactors, toMachine) {
      layer.gradient(nest, machine, seed, toFactors, toMachine);
      for (let i = 0; i < toFactors.length; i++) {
        if (!Number.isFinite(toFactors[i])) fail(`gives ${where(nest)} a derivative of ${toFactors[i]}`, toFactors[i]);
      }
    },
  };
}

function noPromise(answer: unknown, what: () => string, fail: Fail): void {
  if (typeof (answer as { then?: unknown } | null | undefined)?.then !== "function") return;
  fail(`gives ${what()} a promise`, answer);
}

function wrongCost({ energyPj, latencyCycles }: Cost): string | null {
  if (!isAmount(energyPj)) return `an energy of ${energyPj} pJ`;
  return isAmount(latencyCycles) ? null : `a latency of ${latencyCycles} cycles`;
}

function wrongNeed({ words, x, y }: Needs): number | null {
  for (let l = 0; l < words.length; l++) {
    if (!isAmount(words[l])) return words[l]!;
    if (!isAmount(x[l])) return x[l]!;
    if (!isAmount(y[l])) return y[l]!;
  }
  return null;
}

/** Entries in which `Infinity` is "unlimited". */
const UNLIMITED = ["capacityWords", "bandwidthShared", "bandwidthRead", "bandwidthWrite"] as const;
const FINITE = ["blockSize", "energyPerVectorAccessPj", "instances", "meshX", "areaUm2", "macEnergyPj"] as const;

function wrongEntry(machine: Machine): { name: string; value: number } | null {
  for (const name of UNLIMITED) {
    for (const value of machine[name]) if (!(value >= 0)) return { name, value };
  }
  for (const name of FINITE) {
    for (const value of machine[name]) if (!isAmount(value)) return { name, value };
  }
  return null;
}

function isAmount(value: unknown): boolean {
  return typeof value === "number" && value >= 0 && value < Number.POSITIVE_INFINITY;
}

/** The loops of a nest in a line: `DRAM K 4, P 7; Buffer C 16 X`. */
function loopsText({ shape, target }: Mapspace, nest: LoopNest): string {
  const names = target.levels.map(({ name }) => name);
  const levels = unflatten(shape, names, nest).map(({ level, temporal, spatial }) => {
    const loops = [...temporal, ...spatial].map((loop) => loop.join(" "));
    return loops.length === 0 ? null : `${level} ${loops.join(", ")}`;
  });
  return levels.filter((text) => text !== null).join("; ") || "no loops";
}
