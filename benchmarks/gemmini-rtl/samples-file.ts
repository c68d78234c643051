import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readSamples, type Sample } from "@loopnest/model-learned";

/**
 * Reads the measurements from the data folder named on the command line: `samples.jsonl` in it, or in `gemmini-rtl/`.
 */
export function samplesFromArguments(): Sample[] {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) {
    process.stderr.write(
      "give the folder that holds samples.jsonl, the measurements of Gemmini's RTL (see docs/learned-model.md)\n",
    );
    process.exit(2);
  }
  for (const file of [join(folder, "samples.jsonl"), join(folder, "gemmini-rtl", "samples.jsonl")]) {
    try {
      return readSamples(readFileSync(file, "utf8"), file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  }
  process.stderr.write(`there is no samples.jsonl in ${folder}\n`);
  process.exit(2);
}
