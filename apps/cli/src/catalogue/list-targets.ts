import { builtInTarget, type Target, targetNames } from "@loopnest/mapspace";
import { builtInEnergyTable, energyTableNames } from "@loopnest/model-analytical";
import { plainTable } from "@loopnest/report";
import { type OutputForm, printData } from "../terminal/print-data.js";

/** `loopnest targets`: the built-in targets with their free sizes, and the energy tables that price them. */
export function listTargets(form: OutputForm): void {
  const targets = targetNames.map(builtInTarget);
  const tables = energyTableNames
    .map(builtInEnergyTable)
    .map(({ name, description, source }) => ({ name, description, source }));
  printData(form, {
    document: () => ({ targets, energyTables: tables }),
    lines: () => [
      ...targets.map((data) => ({ kind: "target", ...data })),
      ...tables.map((data) => ({ kind: "energy table", ...data })),
    ],
    text: () => listText(targets, tables),
  });
}

function listText(targets: readonly Target[], tables: readonly { name: string; description: string }[]): string {
  const width = process.stdout.isTTY ? process.stdout.columns : undefined;
  const sizeRows = targets.flatMap(({ name, description, sizes }) => [
    [name, "", "", "", description ?? ""],
    ...sizes.map((size) => [
      ...["", size.name, `${size.min} to ${size.max}${(size.step ?? 1) > 1 ? ` by ${size.step}` : ""}`],
      ...[String(size.default), size.description],
    ]),
  ]);
  const sizeTable = plainTable(
    [
      ...[{ title: "target" }, { title: "size" }, { title: "range" }, { title: "default", align: "right" as const }],
      { title: "what it is", wraps: true },
    ],
    sizeRows,
    width,
  );
  const tableRows = tables.map(({ name, description }) => [name, description]);
  const energyTables = plainTable([{ title: "energy table" }, { title: "what it is", wraps: true }], tableRows, width);
  return `${sizeTable}\n\n${energyTables}\n`;
}
