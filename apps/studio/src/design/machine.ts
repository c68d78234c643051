import type { Architecture, Hardware, PerformanceModel, Target } from "@loopnest/mapspace";
import { analyticalModel, builtInEnergyTable, type PricedTarget, priceTarget } from "@loopnest/model-analytical";

/** A target with its prices, and the model that searches ask. */
interface PricedMachine {
  readonly priced: PricedTarget;
  readonly model: PerformanceModel;
  readonly architectures: WeakMap<Hardware, Architecture>;
}

const machines = new WeakMap<Target, PricedMachine>();

/** The target by its own energy table; worked out once. @throws LoopnestError for a target that cannot be read. */
function machineOf(target: Target): PricedMachine {
  const known = machines.get(target);
  if (known !== undefined) return known;
  const machine = {
    priced: priceTarget(target, builtInEnergyTable(target.energyTable)),
    model: analyticalModel(target),
    architectures: new WeakMap<Hardware, Architecture>(),
  };
  machines.set(target, machine);
  return machine;
}

/** The machine with all sizes filled in. @throws LoopnestError for a target that cannot be read. */
export function architectureOf(target: Target, hardware: Hardware): Architecture {
  const { priced, architectures } = machineOf(target);
  const known = architectures.get(hardware);
  if (known !== undefined) return known;
  const architecture = priced.architecture(hardware);
  architectures.set(hardware, architecture);
  return architecture;
}

/** The exact model of a target. @throws LoopnestError for a target that cannot be read. */
export function modelOf(target: Target): PerformanceModel {
  return machineOf(target).model;
}
