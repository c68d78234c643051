// How well the cycles of Gemmini's RTL can be predicted on unseen layer shapes, what carries the gain, and what limits
// the rest:
//     pnpm run evaluate:gemmini-rtl DATA_FOLDER [predictors|ablation|limits]...
// The figures of docs/learned-model.md come from here. About ten minutes on two idle cores.
import { gemmini } from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import {
  CONSTANTS,
  crossValidate,
  type FeatureGroup,
  foldsByShape,
  type Metrics,
  metrics,
  type PreparedSample,
  predictAll,
  prepareSamples,
  type TrainingOptions,
  trainResidual,
} from "@loopnest/model-learned";
import { limits } from "./limits.js";
import { samplesFromArguments } from "./samples-file.js";

const FOLDS = 10;
const samples = samplesFromArguments();
const base = analyticalModel(gemmini, { counts: "timeloop-2022" });
const prepared = prepareSamples(base, samples);
const asked = process.argv.slice(3);
const wants = (part: string) => asked.length === 0 || asked.includes(part);
const standard: TrainingOptions = { driver: "gemmini", seed: 1 };

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const row = (name: string, m: Metrics) =>
  `| ${name} | ${m.spearman.toFixed(3)} | ${percent(m.medianRelativeError)} | ${m.meanAbsLogError.toFixed(3)} | ` +
  `${percent(m.within10)} | ${percent(m.within25)} |`;
const head =
  "| | rank correlation | median error | mean abs. log error | within 10 % | within 25 % |\n|---|---|---|---|---|---|";
const say = (text: string) => process.stdout.write(`${text}\n`);

/** Predictions of every sample by a model that did not see its shape. */
function heldOut(all: readonly PreparedSample[], options: TrainingOptions): Float64Array {
  const foldOf = foldsByShape(all, FOLDS, options.seed);
  const predicted = new Float64Array(all.length);
  for (let fold = 0; fold < FOLDS; fold++) {
    const held = [...all.keys()].filter((i) => foldOf[i] === fold);
    const model = trainResidual(
      all.filter((_, i) => foldOf[i] !== fold),
      { ...options, seed: options.seed + 1 + fold },
    );
    predictAll(model, all, held).forEach(({ logCycles }, k) => {
      predicted[held[k]!] = logCycles;
    });
  }
  return predicted;
}

const measured = prepared.map(({ logMeasured }) => logMeasured);
const without = (group: FeatureGroup): FeatureGroup[] =>
  (["counts", "array", "driver", "bottleneck"] as const).filter((one) => one !== group);

if (wants("predictors")) {
  const { predictors } = await crossValidate(prepared, FOLDS, standard);
  say(
    `Ten folds by layer shape, ${samples.length} samples: over all samples, then mean and deviation over ` +
      `folds\n\n${head}`,
  );
  for (const [name, { pooled, mean, spread }] of Object.entries(predictors)) {
    say(row(name, pooled));
    say(row(`${name}, mean over folds`, mean));
    say(row(`${name}, deviation over folds`, spread));
  }
  const { constants } = trainResidual(prepared, { ...standard, members: 0 });
  for (const [unit, logs] of Object.entries(constants)) {
    say(`\n${unit}: ${CONSTANTS.map((name, i) => `${name} ${Math.exp(logs[i]!).toPrecision(3)}`).join(", ")}`);
  }
}

if (wants("ablation")) {
  const sixteen = prepareSamples(base, samples, { peDim: 16 }, { severalPasses: true });
  // Small ensembles, the same in every row, so that the table takes minutes.
  const small = { members: 2, epochs: 120 };
  say(`\nWhat carries the gain (two networks of 120 epochs)\n\n${head}`);
  const run = (name: string, options: Partial<TrainingOptions>, all = prepared) =>
    say(row(name, metrics(heldOut(all, { ...standard, ...small, ...options }), measured)));
  run("everything", {});
  run("machine constants alone, no network", { members: 0 });
  run("network on the analytical latency, no constants", {
    prior: "analytical",
    groups: ["counts", "array", "driver"],
  });
  run("network on tile sizes instead of commands", { prior: "analytical", groups: ["array", "tiles"] });
  run("every array taken for 16 x 16", {}, sixteen);
  run("plain driver: what the software does is not known", { driver: "plain" });
  run("without the array's fill", { groups: without("array") });
  run("without the bottleneck", { groups: without("bottleneck") });
  run("with the analytical latency in addition", { groups: [...without("tiles"), "analytical"] });
  run("with tile sizes in addition", { groups: [...without("tiles"), "tiles"] });
}

if (wants("limits")) say(limits(prepared, heldOut(prepared, standard)));
