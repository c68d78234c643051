import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { startUp, wholeSearch } from "./program-times.js";
import {
  type FamilyRate,
  type GradientCost,
  type LayerRate,
  type LearnedSearch,
  type Results,
  resultsText,
} from "./results-text.js";
import { runMeasure } from "./run-measure.js";
import { studioTimes } from "./studio-times.js";

/** The page that `--write` puts the tables into, between two comments. */
const page = fileURLToPath(new URL("../../docs/benchmarks.md", import.meta.url));
const BEGIN = "<!-- measured: npm run bench -- --write -->";
const END = "<!-- end of what is measured -->";

/** Records made by running Timeloop, a file per kind of machine. */
const golden = new URL("../../packages/model-analytical/test/golden/", import.meta.url);
const families = readdirSync(golden)
  .filter((file) => file.endsWith(".jsonl.gz") && !file.startsWith("rejected"))
  .sort();

const say = (what: string) => process.stderr.write(`${what} ...\n`);

say("exact evaluations");
const layers = runMeasure<LayerRate[]>("layer-rate");
say("value and gradient");
const gradients = runMeasure<GradientCost[]>("gradient-cost");
say("a descent step");
const step = runMeasure<{ layers: number; microseconds: number }>("descent-step");
say("a search with a learned model");
const learnedSearch = runMeasure<LearnedSearch>("learned-search");
say("families of machines");
const ofFamilies = families.map((file): FamilyRate => {
  const measured = runMeasure<Omit<FamilyRate, "family">>("family-rate", fileURLToPath(new URL(file, golden)));
  return { family: file.replace(".jsonl.gz", ""), ...measured };
});
say("start-up");
const start = startUp();
say("search resnet50, three seeds");
const search = wholeSearch([1, 2, 3]);

say("the studio in Chromium");
const studio = await studioTimes();

const results: Results = {
  machine:
    `${cpus()[0]?.model.trim() ?? "unknown processor"}, ${availableParallelism()} threads, Node ` +
    `${process.versions.node}`,
  layers,
  gradients,
  step,
  learnedSearch,
  families: ofFamilies,
  start,
  search,
  studio,
};
const text = resultsText(results);
process.stdout.write(`${text}\n`);

if (process.argv.includes("--write")) {
  const old = readFileSync(page, "utf8");
  const [before, after] = [old.split(BEGIN)[0], old.split(END)[1]];
  if (before === undefined || after === undefined) throw new Error(`${page} lacks ${BEGIN} or ${END}`);
  writeFileSync(page, `${before}${BEGIN}\n\n${text}\n\n${END}${after}`);
  say(`written to ${page}`);
}
