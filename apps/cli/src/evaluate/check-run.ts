import { type Hardware, LoopnestError, mayPad, paddedProblem } from "@loopnest/mapspace";
import { priceTarget } from "@loopnest/model-analytical";
import { keepsLimits, objectiveUnit, objectiveValue } from "@loopnest/optimizers";
import { designFigures, fusionFigures, layersCsv, type MappedLayer, ranWorkload, rates } from "@loopnest/report";
import type { LearnedDesign } from "../figures/learned-figures.js";
import { energyTableOf } from "../input/energy-table-input.js";
import type { LearnedInput } from "../plan/search-plan.js";
import { type Difference, differences } from "../run-folder/differences.js";
import type { StoredRun } from "../run-folder/read-run.js";
import { RUN_FILES } from "../run-folder/run-files.js";
import { convergenceCsv } from "../run-folder/write-run.js";

/** The last point of the convergence is a sum in another order than the result's value. */
const VALUE_TOLERANCE = 1e-9;

/**
 * Works a run out anew from its inputs, hardware and mappings, and compares every figure and every copy with what is
 * stored.
 *
 * @returns One sentence per disagreement; none if the run reproduces.
 */
export async function checkRun({ result, inputs, hashes, cases, ...files }: StoredRun): Promise<string[]> {
  const faults: string[] = [];
  const compare = (file: string, stored: unknown, computed: unknown, path = "") =>
    faults.push(...differences(stored, computed, path).map((difference) => `${file}: ${sentence(difference)}`));
  // Of something that is stored twice, the first disagreement says enough.
  const compareCopy = (file: string, stored: unknown, copy: unknown, path: string) => {
    const [first] = differences(stored, copy, path);
    if (first !== undefined) faults.push(`${file}: ${sentence(first)}`);
  };

  compare(RUN_FILES.result, result.inputs, hashes, "inputs");
  compare(RUN_FILES.result, result.counts, inputs.counts, "counts");
  const workload = ranWorkload(inputs.workload, result);
  compare(RUN_FILES.result, { ...result.hardware, ...result.fixed }, result.hardware, "fixed");
  compare(RUN_FILES.result, result.mayPad, mayPad(inputs.workload) || undefined, "mayPad");
  try {
    const priced = priceTarget(inputs.target, energyTableOf(inputs.energyTable));
    const architecture = priced.architecture(result.hardware);
    cases.forEach((stored, i) => {
      const { file, mapping, padded, held } = result.layers[i]!;
      compareCopy(file, stored.architecture, architecture, "architecture");
      compareCopy(file, stored.problem, paddedProblem(workload.layers[i]!.problem, padded), "problem");
      compareCopy(file, stored.mapping, mapping, "mapping");
      compareCopy(file, stored.held, held, "held");
    });
    const mapped = cases.map(({ mapping }, i) => {
      const { file, padded, held } = result.layers[i]!;
      return { file, mapping, ...(padded !== undefined && { padded }), ...(held !== undefined && { held }) };
    });
    const figures = designFigures(workload, architecture, mapped, inputs.counts);
    const { totals, networks, layers, dataMovement } = figures;
    compare(RUN_FILES.result, result.totals, totals, "totals");
    compare(RUN_FILES.result, result.rates, rates(figures, inputs.target, architecture) ?? undefined, "rates");
    compare(RUN_FILES.result, result.networks, networks, "networks");
    compare(RUN_FILES.result, result.layers, layers, "layers");
    compare(RUN_FILES.result, result.dataMovement, dataMovement, "dataMovement");
    const home = inputs.target.levels.find((level) => level.home === true)?.name ?? "none";
    const fusion =
      result.fusion &&
      fusionFigures(
        inputs.workload,
        architecture,
        {
          ...{ home, ran: workload, mappings: cases.map(({ mapping }) => mapping), segments: result.fusion.segments },
          ...{ apart: result.fusion.apart.mappings, reasons: result.fusion.edges.map(({ reason }) => reason) },
        },
        inputs.counts,
        (own) => objectiveValue(result.objective.name, own),
      );
    compare(RUN_FILES.result, result.fusion, fusion, "fusion");
    const learned =
      inputs.learned && (await learnedOf(inputs, inputs.learned, result.hardware, mapped, totals.energyUj));
    compare(RUN_FILES.result, result.learned, learned?.figures, "learned");
    const searched = { ...totals, ...learned?.searched };
    compare(RUN_FILES.result, result.value, objectiveValue(result.objective.name, searched), "value");
    compare(RUN_FILES.result, result.unit, objectiveUnit(result.objective.name), "unit");
    if (!keepsLimits(result.objective, searched))
      faults.push(`${RUN_FILES.result}: the design breaks a limit of the objective`);
  } catch (error) {
    if (!(error instanceof LoopnestError)) throw error;
    faults.push(`the stored design cannot be evaluated: ${error.message}`);
  }
  const last = result.convergence.at(-1)?.value ?? Number.NaN;
  const reached = result.within?.value ?? result.value;
  if (!(Math.abs(last / reached - 1) <= VALUE_TOLERANCE)) {
    faults.push(`${RUN_FILES.result}: the convergence ends at ${last}, not at the value ${reached}`);
  }
  if (files.convergenceCsv !== convergenceCsv(result.convergence)) {
    faults.push(`${RUN_FILES.convergence}: not the convergence of ${RUN_FILES.result}`);
  }
  if (files.layersCsv !== null && files.layersCsv !== layersCsv(result)) {
    faults.push(`${RUN_FILES.layers}: not the layers of ${RUN_FILES.result}`);
  }
  return faults;
}

/** With the modules of learned models, which other runs need not load. */
async function learnedOf(
  inputs: StoredRun["inputs"],
  learned: LearnedInput,
  hardware: Hardware,
  mapped: readonly MappedLayer[],
  energyUj: number,
): Promise<LearnedDesign> {
  const { learnedFigures } = await import("../figures/learned-figures.js");
  return learnedFigures({ ...inputs, learned }, hardware, mapped, energyUj);
}

function sentence({ path, stored, computed }: Difference): string {
  const text = (value: unknown) => (value === undefined ? "missing" : JSON.stringify(value));
  return `${path} is ${text(stored)}, should be ${text(computed)}`;
}
