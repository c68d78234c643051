import { divisors, emptyNeeds, type LayerModel, type LoopNest, type Machine } from "@loopnest/mapspace";

/**
 * All spatial loops that a machine can execute for a layer, at every bound that it may be run at: nests whose temporal
 * loops stand anywhere.
 */
export function unrollings(layer: LayerModel, machine: Machine): LoopNest[] {
  const { slots, slotsOf, bounds } = layer.space;
  const found: LoopNest[] = [];
  const nest = layer.space.nest();
  const needs = emptyNeeds(machine.levelCount);
  nest.factor.fill(1);
  const spatial = slots.flatMap(({ kind }, i) => (kind === "temporal" ? [] : [i]));
  /** Trips left of every dimension; the rest is temporal. */
  const choose = (k: number, left: readonly number[]): void => {
    const slot = spatial[k];
    if (slot !== undefined) {
      const { dim } = slots[slot]!;
      for (const factor of divisors(left[dim]!)) {
        nest.factor[slot] = factor;
        if (!fits()) break;
        choose(
          k + 1,
          left.map((trips, d) => (d === dim ? trips / factor : trips)),
        );
      }
      nest.factor[slot] = 1;
      return;
    }
    const copy = { ...nest, dim: nest.dim.slice(), factor: nest.factor.slice() };
    for (const [d, trips] of left.entries()) {
      const temporal = slotsOf[d]!.filter((own) => slots[own]!.kind === "temporal").at(-1);
      if (temporal !== undefined) copy.factor[temporal] = trips;
      else if (trips > 1) return;
    }
    found.push(copy);
  };
  const fits = (): boolean => {
    layer.needs(nest, needs);
    return needs.x.every((x, l) => {
      const columns = machine.meshX[l + 1]! / machine.meshX[l]!;
      const rows = machine.instances[l + 1]! / machine.instances[l]! / columns;
      return x <= columns && needs.y[l]! <= rows;
    });
  };
  const eachBound = (d: number, chosen: readonly number[]): void => {
    if (d === bounds.length) choose(0, chosen);
    else for (const bound of bounds[d]!) eachBound(d + 1, [...chosen, bound]);
  };
  eachBound(0, []);
  return found;
}
