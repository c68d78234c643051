import type { Design } from "@loopnest/optimizers";
import type { DesignFigures } from "@loopnest/report";
import { Failure } from "../errors/failure.js";
import type { LearnedDesign } from "./learned-figures.js";

/** Sums of the same terms in another order. */
const RELATIVE_TOLERANCE = 1e-9;

/**
 * Compares what a search says of its design with what the exact model says of hardware and mappings from scratch.
 *
 * @param learned What the model says that was searched with, if it was another one: then latencies are its, and
 * energies of its own.
 * @throws Failure if a figure differs: then nothing may be reported.
 */
export function checkFigures(design: Design, { totals, layers }: DesignFigures, learned?: LearnedDesign): void {
  const pairs: [what: string, searched: number, exact: number][] = [
    ["energy", design.energyUj, (learned?.searched ?? totals).energyUj],
    ["latency", design.latencyCycles, (learned?.searched ?? totals).latencyCycles],
    ["area", design.areaMm2, totals.areaMm2],
  ];
  design.layers.forEach(({ name, energyPj, latencyCycles }, i) => {
    pairs.push([`energy of ${name}`, energyPj, learned?.searchedEnergyPj?.[i] ?? layers[i]!.energyPj]);
    pairs.push([`latency of ${name}`, latencyCycles, learned?.searchedCycles[i] ?? layers[i]!.latencyCycles]);
  });
  const wrong = pairs.filter(
    ([, a, b]) => !(Math.abs(a - b) <= RELATIVE_TOLERANCE * Math.max(Math.abs(a), Math.abs(b))),
  );
  if (wrong.length === 0) return;
  const lines = wrong.map(
    ([what, searched, exact]) => `  ${what}: ${searched} in the search, ${exact} by the exact model`,
  );
  throw new Failure(
    `the search's figures do not reproduce, so no result is reported; please report this\n${lines.join("\n")}`,
  );
}
