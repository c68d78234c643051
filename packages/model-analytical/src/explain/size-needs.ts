import {
  compileTarget,
  emptyNeeds,
  type Hardware,
  hardwareSizes,
  isUneven,
  type Mapping,
  makeMinimalHardware,
  type Needs,
  type PerformanceModel,
  type Problem,
  pointFromMapping,
  type Target,
} from "@loopnest/mapspace";
import type { MappedLayer } from "./elasticities.js";
import { levelTiles, unrolledAt } from "./level-use.js";

/** What the mappings need of a size. */
export interface SizeNeeds {
  readonly size: string;
  readonly value: number;
  /** Per layer, in their order, the least value on which its mapping fits, all other sizes as they are. */
  readonly needs: readonly number[];
}

/**
 * What the mapping of every layer needs of every free size of a target: which layers decide how large it is.
 *
 * @param hardware Sizes by name; defaults for those left out.
 * @throws LoopnestError `input` for an unknown size or one out of range; `infeasible` or `factors` if a mapping is not
 * one of the target's.
 */
export function sizeNeeds(model: PerformanceModel, layers: readonly MappedLayer[], hardware: Hardware): SizeNeeds[] {
  const { target } = model;
  const sizes = hardwareSizes(target, hardware);
  const minimal = makeMinimalHardware(compileTarget(target));
  const solved = new Float64Array(sizes.length);
  const ofLayers = layers.map(({ problem, mapping }) => {
    const layer = model.layer(problem);
    const needs = emptyNeeds(target.levels.length);
    if (isUneven(mapping)) writeNeeds(target, problem, mapping, needs);
    else layer.needs(pointFromMapping(layer.space, mapping).nest, needs);
    return needs;
  });
  return target.sizes.map(({ name }, i) => {
    const others = sizes.map((size, k) => (k === i ? Number.NaN : size));
    const needs = ofLayers.map((own) => {
      minimal.solve(own, others, true, solved);
      return solved[i]!;
    });
    return { size: name, value: sizes[i]!, needs };
  });
}

function writeNeeds({ levels }: Target, problem: Problem, mapping: Mapping, out: Needs): void {
  const names = levels.map(({ name }) => name);
  for (const l of levels.keys()) {
    out.words[l] = levelTiles(problem, levels, mapping, l).reduce((sum, { levelWords }) => sum + levelWords, 0);
    out.x[l] = unrolledAt(names, mapping, l, "X");
    out.y[l] = unrolledAt(names, mapping, l, "Y");
  }
}
