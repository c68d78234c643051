import type { ActionCosts, Architecture, Hardware, PerformanceModel } from "@loopnest/mapspace";
import {
  analyticalModel,
  builtInEnergyTable,
  type PricedTarget,
  priceTarget,
  tableFromActions,
} from "@loopnest/model-analytical";
import type { ChosenTarget } from "../state/studio.js";

/** A target with its prices, and the model that searches ask. */
interface PricedMachine {
  readonly priced: PricedTarget;
  readonly model: PerformanceModel;
  readonly architectures: WeakMap<Hardware, Architecture>;
}

const machines = new WeakMap<ChosenTarget, PricedMachine>();

/** The prices of a target as a document has them: the name of a built-in table, or numbers of one's own. */
export function pricesOf({ target, energyTable }: ChosenTarget): string | ActionCosts {
  return energyTable ?? target.energyTable;
}

/** The target by its energy table; worked out once. @throws LoopnestError for a target that cannot be read. */
function machineOf(chosen: ChosenTarget): PricedMachine {
  const known = machines.get(chosen);
  if (known !== undefined) return known;
  const { target } = chosen;
  const prices = pricesOf(chosen);
  const table = typeof prices === "string" ? builtInEnergyTable(prices) : tableFromActions(prices);
  const machine = {
    priced: priceTarget(target, table),
    model: analyticalModel(target, { table }),
    architectures: new WeakMap<Hardware, Architecture>(),
  };
  machines.set(chosen, machine);
  return machine;
}

/** The machine with all sizes filled in. @throws LoopnestError for a target that cannot be read. */
export function architectureOf(chosen: ChosenTarget, hardware: Hardware): Architecture {
  const { priced, architectures } = machineOf(chosen);
  const known = architectures.get(hardware);
  if (known !== undefined) return known;
  const architecture = priced.architecture(hardware);
  architectures.set(hardware, architecture);
  return architecture;
}

/** The exact model of a target. @throws LoopnestError for a target that cannot be read. */
export function modelOf(chosen: ChosenTarget): PerformanceModel {
  return machineOf(chosen).model;
}
