import { join } from "node:path";
import { type Hardware, systolic, type Workload } from "@loopnest/mapspace";
import { builtInEnergyTable, evaluate, priceTarget } from "@loopnest/model-analytical";
import { defaultMapping } from "../src/index.js";
import { loopnest } from "./commands.js";
import { type Measured, readLines, writeLines } from "./sample-lines.js";

/** What the RTL made of the default tiler's mappings of a network. */
export interface TilerOutcome {
  readonly cycles: number;
  /** Energy of the analytical model at the mappings' whole factors, times cycles of the RTL, in uJ x cycles. */
  readonly edp: number;
}

const priced = priceTarget(systolic, builtInEnergyTable(systolic.energyTable));

/** Measures the default tiler's mappings of a network on a machine; what the folder holds is not measured again. */
export async function defaultTilerOutcome(
  folder: string,
  { name, layers }: Workload,
  hardware: Hardware,
): Promise<TilerOutcome> {
  const cases = layers.map(({ problem }) => {
    const mapping = defaultMapping(problem, hardware);
    return { id: problem.name, problem, mapping, hardware };
  });
  const [file, output] = [`tiler-${name}-cases.jsonl`, `tiler-${name}.jsonl`];
  await writeLines(join(folder, file), cases);
  await loopnest(folder, "measure", "--target", "systolic", "--cases", file, "-o", output);
  const measured = new Map((await readLines<Measured>(join(folder, output))).map((one) => [one.id, one.cycles]));
  let energyUj = 0;
  let cycles = 0;
  layers.forEach(({ problem, count }, i) => {
    const architecture = priced.architecture(hardware);
    energyUj += (count * evaluate(problem, architecture, cases[i]!.mapping).energyPj) / 1e6;
    cycles += count * measured.get(problem.name)!;
  });
  return { cycles, edp: energyUj * cycles };
}
