import type { PointFigures, SweepRow } from "@loopnest/sweep";
import type { Commits } from "./commits.js";
import { readManifest } from "./manifest.js";

/** The rows of a sweep that have an answer or have failed, in the order of its manifest, one by one. */
export async function* sweepRows(dir: string, { ledger, journal }: Commits): AsyncGenerator<SweepRow> {
  for await (const { number, key, point, names } of readManifest(dir, (index) => ledger.placeAt(index) >= 0)) {
    const line = await journal.lineAt(ledger.placeAt(number - 1));
    const figures: PointFigures =
      "error" in line
        ? { status: "failed", error: line.error }
        : (line.answer as { readonly figures: PointFigures }).figures;
    yield { number, key, point, names, figures };
  }
}
