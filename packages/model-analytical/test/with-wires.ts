import { builtInTarget, type Target } from "@loopnest/mapspace";

/** A built-in target whose wires cost energy, differently at every level. */
export function withWires(name: string): Target {
  const target = builtInTarget(name);
  const levels = target.levels.map((level, l) => ({
    ...level,
    network: { hopEnergyPj: 3 + l, routerEnergyPj: 2 / (l + 1), ingressEnergyPj: 1 + l },
  }));
  return { ...target, name: `${name} with wires`, levels };
}
