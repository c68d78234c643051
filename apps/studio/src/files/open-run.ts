import { defaultCounts } from "@loopnest/mapspace";
import type { RunResult } from "@loopnest/report";
import type { ChosenTarget } from "../state/studio.js";
import { keepDesign, openDesign, type Transition } from "../state/transitions.js";
import { broken, type NamedFile } from "./named-file.js";

/**
 * What opening a run folder changes: its design is kept, and put on the table.
 *
 * @param result Its `result.json`; the other files are looked for beside it.
 * @throws LoopnestError `input` if a file is missing or is not what it should be.
 */
export async function openRun(result: NamedFile, files: readonly NamedFile[]): Promise<Transition[]> {
  const folder = result.name.replace(/result\.json$/, "");
  const inputs = files.find(({ name }) => name === `${folder}inputs.json`);
  if (inputs === undefined) throw broken(result.name, "there is no inputs.json beside it", "give the whole run folder");
  const { energyTableSchema, targetSchema, workloadSchema, SourceText, validate } = await import("./documents.js");
  const { parseResult } = await import("./result-schema.js");
  const read = ({ name, bytes }: NamedFile) => new SourceText(new TextDecoder().decode(bytes), { file: name });
  const found: RunResult = parseResult(read(result));
  const given = read(inputs).data as Readonly<Record<string, unknown>> | null;
  const part = (key: string) =>
    new SourceText(JSON.stringify(given?.[key] ?? null), { file: inputs.name, format: "json" });
  const workload = validate(part("workload"), workloadSchema);
  const own = validate(part("target"), targetSchema);
  const table = given?.["energyTable"];
  const target: ChosenTarget =
    typeof table === "string"
      ? { target: { ...own, energyTable: table }, builtIn: null }
      : { target: own, builtIn: null, energyTable: validate(part("energyTable"), energyTableSchema) };
  if (found.layers.length !== workload.layers.length) {
    throw broken(
      result.name,
      `it has ${found.layers.length} layers, its network ${workload.layers.length}`,
      "give another",
    );
  }
  const counted = found.counts === defaultCounts ? "" : `, counts of ${found.counts}`;
  const label = folder.replace(/\/$/, "").replace(/^.*\//, "") || `${workload.name} on ${own.name}`;
  const design = {
    label: `${label}${counted}`,
    network: { workload, builtIn: null },
    target,
    result: found,
  };
  return [keepDesign(design), openDesign(design)];
}
