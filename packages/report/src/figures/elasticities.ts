import type { DataMovement, Hardware, Layer, Mapping, PerformanceModel } from "@loopnest/mapspace";
import { elasticities as ofNetwork } from "@loopnest/model-analytical/explain";

/** By how many per cent a run's totals change when one quantity grows by 1 %, all mappings as they are. */
export interface Elasticity {
  /** A free size, or a quantity of a level: `Scratchpad shared bandwidth`. */
  readonly name: string;
  readonly energy: number;
  readonly latency: number;
  /** Of EDP: the sum of the two. */
  readonly edp: number;
  /** Of EDP when the quantity shrinks by 1 %: at a kink it is not that of growing with another sign. */
  readonly edpOfLess: number;
  readonly area: number;
}

/**
 * Elasticities of a design: its free sizes first, then bandwidths and energies of its levels, without those that change
 * nothing.
 *
 * @param model That says what a design costs: latencies are a learned model's where it is one.
 * @param layers With their mappings.
 * @throws LoopnestError if hardware and mappings do not go together.
 */
export function elasticities(
  model: PerformanceModel,
  layers: readonly (Layer & { readonly mapping: Mapping })[],
  hardware: Hardware,
  dataMovement?: readonly DataMovement[],
): Elasticity[] {
  const { sizes, machine } = ofNetwork(model, layers, hardware, dataMovement);
  const quantities = machine.map(({ level, quantity, more, less }) => {
    const perAccess = level === "compute" ? "energy of a MAC" : `${level} energy of an access`;
    const name = quantity === "energy" ? perAccess : `${level} ${quantity}`;
    return { name, ...more, edpOfLess: negative(less.edp), area: 0 };
  });
  return [
    ...sizes.map(({ size, more, less, area }) => ({ name: size, ...more, edpOfLess: negative(less.edp), area })),
    ...quantities.filter(({ energy, latency, edpOfLess }) => energy !== 0 || latency !== 0 || edpOfLess !== 0),
  ];
}

function negative(value: number): number {
  return value === 0 ? 0 : -value;
}
