// Trains the model that ships with @loopnest/model-learned and writes it there:
//     npm run --workspace ... is not needed; from this folder: pnpm run train:gemmini-rtl DATA_FOLDER
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gemmini } from "@loopnest/mapspace";
import { analyticalModel } from "@loopnest/model-analytical";
import { calibrate, writeModel } from "@loopnest/model-learned";
import { samplesFromArguments } from "./samples-file.js";

const out = fileURLToPath(new URL("../../packages/model-learned/src/trained/gemmini-rtl.json", import.meta.url));
const { model } = await calibrate(analyticalModel(gemmini, { counts: "timeloop-2022" }), samplesFromArguments(), {
  name: "gemmini-rtl",
  source: "FireSim cycles of Gemmini's RTL, DOSA artifact (ucb-bar/dosa, BSD-2-Clause)",
  driver: "gemmini",
  seed: 1,
  learningCurve: false,
  onProgress: (stage, done, of) => process.stderr.write(`${stage} ${done}/${of}\n`),
});
writeFileSync(out, writeModel(model));
process.stdout.write(`${out}\n${JSON.stringify(model.origin.metrics, null, 2)}\n`);
