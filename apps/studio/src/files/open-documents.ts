import { isBuiltInEnergyTable } from "@loopnest/model-analytical";
import { architectureOf } from "../design/machine.js";
import { type ChosenTarget, defaultHardware } from "../state/studio.js";
import { chooseNetwork, chooseTarget, goTo, priceBy, type Transition } from "../state/transitions.js";
import { energyTableSchema, SourceText, targetSchema, validate, workloadSchema } from "./documents.js";
import { broken, located, type NamedFile } from "./named-file.js";

/** A document that was read, and its file. */
interface Document {
  readonly file: NamedFile;
  readonly source: SourceText;
}

/**
 * What opening documents changes: cases, targets and networks, then energy tables, which price the machine that there
 * is by then. A target that names a table which is not built in takes it from the same files.
 */
export async function openDocuments(files: readonly NamedFile[]): Promise<Transition[]> {
  const documents = files.map((file) => ({
    ...{ file, source: new SourceText(new TextDecoder().decode(file.bytes), { file: file.name }) },
  }));
  const tables = documents.filter(({ source }) => isTable(source));
  const others = documents.filter(({ source }) => !isTable(source));
  const opened = await Promise.all(others.map((document) => openDocument(document, tables)));
  return [...opened.flat(), ...tables.flatMap(openTable)];
}

async function openDocument({ file, source }: Document, tables: readonly Document[]): Promise<Transition[]> {
  if (has(source, "mapping") && has(source, "architecture")) {
    const [{ openCase }, { caseSchema }] = await Promise.all([import("./open-case.js"), import("./documents.js")]);
    return openCase(validate(source, caseSchema), file.name);
  }
  if (has(source, "levels")) {
    const target = validate(source, targetSchema);
    const named = isBuiltInEnergyTable(target.energyTable) ? null : tableNamed(file, target.energyTable, tables);
    const own = named === null ? {} : { energyTable: validate(named.source, energyTableSchema) };
    const chosen: ChosenTarget = { target, builtIn: null, ...own };
    located(file, () => architectureOf(chosen, defaultHardware(target)));
    return [chooseTarget(chosen), goTo("machine")];
  }
  if (has(source, "layers")) {
    return [chooseNetwork({ workload: validate(source, workloadSchema), builtIn: null }), goTo("network")];
  }
  const fix = "give a file with layers, with levels, or a run folder";
  throw broken(file.name, "it is no network, target, energy table, case or run", fix);
}

/** The table of one's own that a target names: by its file's name, or the only one that there is. */
function tableNamed(file: NamedFile, name: string, tables: readonly Document[]): Document {
  const base = (path: string) => path.replace(/^.*[/\\]/, "");
  const found =
    tables.find((table) => base(table.file.name) === base(name)) ?? (tables.length === 1 ? tables[0] : null);
  if (found) return found;
  const problem = `its energy table ${name} is not built in`;
  throw broken(file.name, problem, `open ${base(name)} together with it, or name dosa or cacti-40nm`);
}

function openTable({ file, source }: Document): Transition[] {
  const energyTable = validate(source, energyTableSchema);
  const prices: Transition = (studio) => {
    const next = priceBy(energyTable)(studio);
    located(file, () => architectureOf(next.target, next.drawing.hardware));
    return next;
  };
  return [prices, goTo("machine")];
}

/** An energy table prices a MAC, and levels by their names. */
function isTable(source: SourceText): boolean {
  return has(source, "mac") && has(source, "levels");
}

function has({ data }: SourceText, key: string): boolean {
  return typeof data === "object" && data !== null && Object.hasOwn(data, key);
}
