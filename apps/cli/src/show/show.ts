import { unknownName } from "@loopnest/mapspace";
import { openRuns } from "../report/open-runs.js";
import type { RunView } from "../report/run-view.js";
import { resultText } from "../run-folder/write-run.js";
import { title, totalsLines } from "../search/result-table.js";
import { colorsFor } from "../terminal/colors.js";
import { loopNestLines } from "../terminal/loop-nest-text.js";
import { percent } from "../terminal/number-format.js";
import { elasticityLines } from "./elasticity-lines.js";
import { layerBars } from "./layer-bars.js";

/** The options of `loopnest show` as the command line gives them. */
export interface ShowOptions {
  /** Names of the layers whose loop nests are shown; all unless given. */
  readonly layer: readonly string[];
  readonly json?: boolean;
  readonly jsonl?: boolean;
}

/**
 * `loopnest show`: a run folder in the terminal.
 *
 * @throws LoopnestError `input` for a run that cannot be read, or a layer that it lacks.
 */
export async function show(dir: string, options: ShowOptions): Promise<void> {
  const [run] = await openRuns([dir]);
  const { result } = run!;
  if (options.json) return void process.stdout.write(resultText(result));
  const layers = chosenLayers(run!, options.layer);
  if (options.jsonl) return void process.stdout.write(layers.map((layer) => `${JSON.stringify(layer)}\n`).join(""));
  const { bold, dim } = colorsFor(process.stdout);
  const nests = layers.flatMap(({ name, count, share, mapping, levels }) => [
    "",
    `${bold(name)}${count > 1 ? `, ${count} times` : ""}: ${percent(share.edp)} of EDP`,
    ...loopNestLines(mapping, levels).map((line) => `  ${line}`),
  ]);
  const overview =
    options.layer.length > 0
      ? [bold(title(result))]
      : [
          ...[bold(title(result)), "", ...totalsLines(result), ""],
          ...layerBars(result, process.stdout),
          ...["", dim("what EDP turns on, all mappings as they are"), ...elasticityLines(run!.elasticities)],
          ...["", dim("loop nests; every level with the words that one of its instances holds")],
        ];
  process.stdout.write(`${[...overview, ...nests].join("\n")}\n`);
}

function chosenLayers({ result: { layers } }: RunView, wanted: readonly string[]) {
  const names = layers.map(({ name }) => name);
  for (const name of wanted) {
    if (!names.includes(name)) throw unknownName("layer", name, names, "--layer");
  }
  return wanted.length === 0 ? layers : layers.filter(({ name }) => wanted.includes(name));
}
