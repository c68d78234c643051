import { featureNames, type PreparedSample } from "@loopnest/model-learned";
import { layerFeatures } from "../../packages/model-learned/src/features/layer-features.js";
import { typicalUnits } from "../../packages/model-learned/src/schedule/machine-constants.js";

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/**
 * What limits the predictions: the spread of cycles among mappings that issue the same commands, which no model of
 * commands can tell apart, and the errors by kind of layer, array and size.
 */
export function limits(prepared: readonly PreparedSample[], logPredicted: Float64Array): string {
  const errors = prepared.map(({ logMeasured }, i) => Math.abs(logPredicted[i]! - logMeasured));
  const lines = ["", "Mappings of one layer that issue the same numbers of commands, rows and bytes", ""];

  const groups = new Map<string, number[]>();
  const layers = new Map<PreparedSample["space"], ReturnType<typeof layerFeatures>>();
  const rows: number[] = [];
  const rowsAt = featureNames(["array"]).indexOf("rows");
  prepared.forEach(({ space, nest, machine, logAnalytical }, i) => {
    const layer = layers.get(space) ?? layerFeatures(space, "gemmini", ["array"], typicalUnits);
    layers.set(space, layer);
    layer.write(nest, machine, logAnalytical, true);
    rows.push(Math.round(Math.exp(layer.values[rowsAt]!)));
    const key = [JSON.stringify(space.problem.tensors), ...layer.counts.log].map((value) =>
      typeof value === "number" ? value.toFixed(6) : value,
    );
    const text = key.join();
    groups.set(text, [...(groups.get(text) ?? []), i]);
  });
  const alike = [...groups.values()].filter((group) => group.length > 1);
  const spreads = alike.flatMap((group) => {
    const middle = median(group.map((i) => prepared[i]!.logMeasured));
    return group.map((i) => Math.abs(Math.expm1(prepared[i]!.logMeasured - middle)));
  });
  const ratio = alike.map((group) => {
    const logs = group.map((i) => prepared[i]!.logMeasured);
    return Math.exp(Math.max(...logs) - Math.min(...logs));
  });
  lines.push(
    `${alike.length} groups of ${alike.flat().length} mappings; largest over smallest cycles: median ` +
      `${median([...ratio]).toFixed(2)}, ` +
      `90th percentile ${ratio.sort((a, b) => a - b)[Math.floor(0.9 * ratio.length)]!.toFixed(2)}; ` +
      `median distance from the group's middle ${percent(median(spreads))}`,
    "",
    "Median error by kind",
    "",
    "| | samples | median error |",
    "|---|---|---|",
  );
  const by = (name: string, which: (i: number) => boolean) => {
    const own = errors.filter((_, i) => which(i));
    if (own.length > 0) lines.push(`| ${name} | ${own.length} | ${percent(Math.expm1(median(own)))} |`);
  };
  const dims = (i: number) => prepared[i]!.sample.problem.dims;
  const isProduct = (i: number) => dims(i)["Q"] === 1 && dims(i)["R"] === 1;
  by("matrix times vector", (i) => isProduct(i) && dims(i)["P"] === 1);
  by("matrix product", (i) => isProduct(i) && dims(i)["P"]! > 1);
  by("1 x 1 convolution", (i) => !isProduct(i) && dims(i)["R"] === 1);
  by("3 x 3 convolution", (i) => dims(i)["R"] === 3);
  by("other convolution", (i) => ![1, 3].includes(dims(i)["R"]!));
  for (const edge of [4, 8, 16, 32, 64]) by(`array ${edge} x ${edge}`, (i) => rows[i] === edge);
  for (const decade of [3, 4, 5, 6, 7, 8, 9]) {
    by(`1e${decade} to 1e${decade + 1} cycles`, (i) => Math.floor(prepared[i]!.logMeasured / Math.LN10) === decade);
  }
  const worst = prepared
    .map(({ sample, logMeasured }, i) => ({ sample, error: logPredicted[i]! - logMeasured }))
    .sort((a, b) => Math.abs(b.error) - Math.abs(a.error))
    .slice(0, 12);
  lines.push("", "Largest errors (predicted over measured)", "");
  for (const { sample, error } of worst) {
    const name = Object.entries(sample.problem.dims)
      .map(([dim, bound]) => `${dim}${bound}`)
      .join(" ");
    lines.push(`${Math.exp(error).toPrecision(3)}  ${sample.id}  ${name}  ${sample.measuredCycles}`);
  }
  return lines.join("\n");
}
