import { unknownName } from "@loopnest/mapspace";
import type { RunView } from "@loopnest/report";
import {
  elasticityLines,
  fusionLines,
  latencyBy,
  layerBars,
  loopNestLines,
  networkLines,
  percent,
  terminalText,
  title,
  totalsLines,
} from "@loopnest/report";
import { openRuns } from "../report/open-runs.js";
import { type OutputForm, printData } from "../terminal/print-data.js";
import { textStyle } from "../terminal/text-style.js";

/** The options of `loopnest show` as the command line gives them. */
export interface ShowOptions extends OutputForm {
  /** Names of the layers whose loop nests are shown; all unless given. */
  readonly layer: readonly string[];
}

/**
 * `loopnest show`: a run folder in the terminal.
 *
 * @throws LoopnestError `input` for a run that cannot be read, or a layer that it lacks.
 */
export async function show(dir: string, options: ShowOptions): Promise<void> {
  const [run] = await openRuns([dir]);
  const { result } = run!;
  const layers = chosenLayers(run!, options.layer);
  const networks = options.layer.length === 0 ? (result.networks ?? []) : [];
  const moved = options.layer.length === 0 ? (result.dataMovement ?? []) : [];
  printData(options, {
    document: () => result,
    lines: () => [
      ...networks.map((network) => ({ row: "network", ...network })),
      ...layers.map((layer) => ({ row: "layer", ...layer })),
      ...moved.map((operator) => ({ row: "data movement", ...operator })),
    ],
    text: () => showText(run!, layers, options.layer.length > 0),
  });
}

/** @param only Whether nothing but the loop nests of these layers is wanted. */
function showText({ result, elasticities }: RunView, layers: RunView["result"]["layers"], only: boolean): string {
  const style = textStyle();
  const { bold, dim, columns } = style;
  const nests = layers.flatMap(({ name, count, share, mapping, levels, held }) => [
    "",
    `${bold(terminalText(name))}${count > 1 ? `, ${count} times` : ""}${held ? ", fused" : ""}: ` +
      `${percent(share.edp)} of EDP`,
    ...loopNestLines(mapping, levels, held).map((line) => `  ${line}`),
  ]);
  const overview = only
    ? [bold(title(result))]
    : [
        ...[bold(title(result)), "", ...totalsLines(result, columns), ...networkLines(result), ""],
        ...layerBars(result, style),
        ...[
          "",
          dim(`what EDP turns on, all mappings as they are${latencyBy(result)}`),
          ...elasticityLines(elasticities, style),
        ],
        ...fusionLines(result, style),
        ...["", dim("loop nests; every level with the words that one of its instances holds")],
      ];
  return `${[...overview, ...nests].join("\n")}\n`;
}

function chosenLayers({ result: { layers } }: RunView, wanted: readonly string[]) {
  const names = layers.map(({ name }) => name);
  for (const name of wanted) {
    if (!names.includes(name)) throw unknownName("layer", name, names, "--layer");
  }
  return wanted.length === 0 ? layers : layers.filter(({ name }) => wanted.includes(name));
}
