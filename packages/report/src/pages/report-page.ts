import type { ChartDocument } from "../charts/chart.js";
import type { RunView } from "../run/run-view.js";
import { escapeHtml } from "../text/media.js";
import { comparisonSection } from "./comparison-section.js";
import { contents } from "./figure.js";
import { htmlPage } from "./html-page.js";
import { runSection } from "./run-section.js";

/**
 * Runs as one HTML page that needs nothing else: no script, no network, light or dark, desk or phone.
 *
 * @param runs One at least; several stand side by side before each has its own section.
 */
export function reportPage(runs: readonly RunView[], document: ChartDocument): string {
  const [only] = runs;
  const title =
    runs.length === 1
      ? `${only!.result.inputs.workload.name} on ${only!.result.inputs.target.name}`
      : `${runs.length} runs: ${runs.map(({ label }) => label).join(", ")}`;
  const sections = runs.map((run, i) => {
    const id = `run-${i + 1}`;
    const heading = runs.length === 1 ? "" : `<h2 id="${id}">${escapeHtml(runHeading(run))}</h2>\n`;
    return heading + runSection(run, id, document);
  });
  return htmlPage(
    title,
    `${runs.length === 1 ? "" : `${contents(partsOf(runs))}\n${comparisonSection(runs, document)}`}
${sections.join("\n")}`,
  );
}

/** The parts of a page about several runs. */
function partsOf(runs: readonly RunView[]): [id: string, title: string][] {
  return [["comparison", "Side by side"], ...runs.map(({ label }, i): [string, string] => [`run-${i + 1}`, label])];
}

/** What a run is called where several are shown. */
function runHeading({ label, result: { inputs } }: RunView): string {
  return `${label}: ${inputs.workload.name} on ${inputs.target.name}`;
}
