import type { Problem } from "@loopnest/mapspace";
import type { SizeNeeds } from "@loopnest/model-analytical/explain";
import type { Elasticity } from "../figures/elasticities.js";
import { quantity } from "../numbers/number-format.js";
import { terminalText } from "../text/media.js";
import type { AdaptedSize } from "./adapted-size.js";

/** What is known of the sizes of a run. */
export interface KnownOfSizes {
  readonly adapted?: readonly AdaptedSize[];
  /** What the mapping of every layer needs of each size, in the order of layers. */
  readonly sizeNeeds: readonly SizeNeeds[];
  readonly elasticities: readonly Elasticity[];
  readonly layers: readonly { readonly problem: Pick<Problem, "name"> }[];
}

/** Sentences about sizes whose change changes nothing, and why; none where nobody knows why. */
export function withoutEffect({ adapted = [], sizeNeeds, elasticities, layers }: KnownOfSizes): string[] {
  return adapted
    .filter(({ asIs, adapted }) => asIs !== null && Math.abs(asIs - 1) < 1e-9 && adapted !== null && adapted > 1 - 1e-9)
    .flatMap(({ size, from, to }) => {
      const own = sizeNeeds.find((needs) => needs.size === size);
      if (own === undefined) return [];
      const most = Math.max(...own.needs);
      const change = `${size} ${quantity(from)} -> ${quantity(to)} changes nothing`;
      const largest = layers[own.needs.indexOf(most)]!.problem.name;
      if (to < from) return [`${change}: no mapping needs more than ${quantity(most)} (${terminalText(largest)} does)`];
      const flat = elasticities.every(({ name, edp, edpOfLess }) => name !== size || (edp === 0 && edpOfLess === 0));
      if (!flat) return [];
      return [`${change}: the mappings need ${quantity(most)} at most, and none was found that gains from more`];
    });
}
