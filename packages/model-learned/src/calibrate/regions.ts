import { featureNames } from "../features/feature-names.js";
import { layerFeatures } from "../features/layer-features.js";
import type { DriverName } from "../schedule/driver.js";
import { typicalUnits } from "../schedule/machine-constants.js";
import type { PreparedSample } from "../training/prepared-samples.js";

/** A part of the mapspace, along one axis, of which there are few samples. */
export interface SparseRegion {
  /** What is counted: `calls`, `rows`, or a tile such as `tileC`. */
  readonly axis: string;
  /** From here, up to but without `to`. */
  readonly from: number;
  readonly to: number;
  /** Share of the mapspace's mappings, and of the samples, that lie there. */
  readonly mapspaceShare: number;
  readonly sampleShare: number;
}

const AXES = ["calls", "rows", "tileP", "tileQ", "tileC", "tileK", "tileR", "tilesOfC", "tilesOfK"];
const GROUPS = ["counts", "array", "tiles"] as const;
/** Bins are this wide, as powers of two. */
const BIN_LOG2 = 2;
/**
 * A region counts if it holds this share of the mapspace, and is sparse if samples have less than a quarter of that
 * share.
 */
const WORTH_NAMING = 0.04;
const SPARSE = 0.25;

/**
 * Regions of the mapspace that lack samples: along every axis, bins of a factor of four in which random mappings of the
 * same layers fall much more often than samples do.
 *
 * @param mapspace Random mappings of the layers in question.
 */
export function sparseRegions(
  samples: readonly PreparedSample[],
  mapspace: readonly Pick<PreparedSample, "space" | "nest" | "machine" | "logAnalytical">[],
  driver: DriverName,
): SparseRegion[] {
  const names = featureNames(GROUPS);
  const columns = AXES.map((axis) => names.indexOf(axis));
  const bins = (all: typeof mapspace) => {
    const layers = new Map<PreparedSample["space"], ReturnType<typeof layerFeatures>>();
    const shares = AXES.map(() => new Map<number, number>());
    for (const { space, nest, machine, logAnalytical } of all) {
      const layer = layers.get(space) ?? layerFeatures(space, driver, GROUPS, typicalUnits);
      layers.set(space, layer);
      layer.write(nest, machine, logAnalytical, true);
      columns.forEach((column, a) => {
        const bin = Math.floor(layer.values[column]! / Math.LN2 / BIN_LOG2 + 1e-9);
        shares[a]!.set(bin, (shares[a]!.get(bin) ?? 0) + 1 / all.length);
      });
    }
    return shares;
  };
  const [wanted, had] = [bins(mapspace), bins(samples)];
  return AXES.flatMap((axis, a) =>
    [...wanted[a]!]
      .filter(([bin, share]) => share >= WORTH_NAMING && (had[a]!.get(bin) ?? 0) < SPARSE * share)
      .sort(([one], [other]) => one - other)
      .map(([bin, mapspaceShare]) => ({
        axis,
        from: 2 ** (BIN_LOG2 * bin),
        to: 2 ** (BIN_LOG2 * (bin + 1)),
        mapspaceShare,
        sampleShare: had[a]!.get(bin) ?? 0,
      })),
  );
}
