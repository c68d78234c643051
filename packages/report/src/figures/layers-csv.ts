import { loopLine } from "../nests/loop-line.js";
import { type CsvValue, csv } from "../tables/csv.js";
import type { DesignFigures, LayerFigures, TensorFigures } from "./figures.js";

/** Figures of a layer as a whole, under the names that JSON has. */
const LAYER: readonly [name: string, of: (layer: LayerFigures) => CsvValue][] = [
  ["layer", ({ name }) => name],
  ["count", ({ count }) => count],
  ["macs", ({ macs }) => macs],
  ["energyPj", ({ energyPj }) => energyPj],
  ["latencyCycles", ({ latencyCycles }) => latencyCycles],
  ["utilization", ({ utilization }) => utilization],
  ["bottleneck", ({ bottleneck }) => bottleneck],
  ["shareOfEnergy", ({ share }) => share.energy],
  ["shareOfLatency", ({ share }) => share.latency],
  ["shareOfEdp", ({ share }) => share.edp],
  ["computeCycles", ({ computeCycles }) => computeCycles],
  ["computeEnergyPj", ({ computeEnergyPj }) => computeEnergyPj],
];

const TENSOR = ["reads", "updates", "fills", "energyPj", "utilizedCapacity"] as const satisfies (keyof TensorFigures)[];

/**
 * A row per layer, of one execution each: figures of the whole, then cycles of every level, then words, energy and tile
 * of every tensor in every level (`DRAM.Weights.reads`), static energy and that of wires where there is any, bits of
 * elements where they are not a word of the level each (`DRAM.Outputs.bits`, and `finishedBits` where sums leave it
 * narrower), the loop nest last. Cells of what a layer lacks are empty.
 */
export function layersCsv({ layers }: Pick<DesignFigures, "layers">): string {
  const levels = [...new Set(layers.flatMap((layer) => Object.keys(layer.levels)))];
  const held = levels.flatMap((level) => {
    const tensors = new Set(layers.flatMap((layer) => Object.keys(layer.levels[level]?.tensors ?? {})));
    return [...tensors].flatMap((tensor) => TENSOR.map((figure) => ({ level, tensor, figure })));
  });
  const others = levels.flatMap((level) =>
    (["leakPj", "networkPj"] as const)
      .filter((figure) => layers.some((layer) => layer.levels[level]?.[figure] !== undefined))
      .map((figure) => ({ level, figure })),
  );
  const width = (layer: LayerFigures, level: string, tensor: string) => layer.levels[level]?.tensors[tensor]?.width;
  const widths = held
    .filter(({ figure }) => figure === TENSOR[0])
    .flatMap(({ level, tensor }) => (["bits", "finishedBits"] as const).map((figure) => ({ level, tensor, figure })))
    .filter(({ level, tensor, figure }) => layers.some((layer) => width(layer, level, tensor)?.[figure] !== undefined));
  const columns = [
    ...LAYER.map(([name]) => name),
    ...levels.map((level) => `${level}.cycles`),
    ...held.map(({ level, tensor, figure }) => `${level}.${tensor}.${figure}`),
    ...others.map(({ level, figure }) => `${level}.${figure}`),
    ...widths.map(({ level, tensor, figure }) => `${level}.${tensor}.${figure}`),
    ...["loopNest", "file"],
  ];
  const rows = layers.map((layer) => [
    ...LAYER.map(([, of]) => of(layer)),
    ...levels.map((level) => layer.levels[level]?.cycles),
    ...held.map(({ level, tensor, figure }) => layer.levels[level]?.tensors[tensor]?.[figure]),
    ...others.map(({ level, figure }) => layer.levels[level]?.[figure]),
    ...widths.map(({ level, tensor, figure }) => width(layer, level, tensor)?.[figure]),
    ...[loopLine(layer.mapping), layer.file],
  ]);
  return csv(columns, rows);
}
