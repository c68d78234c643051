import { workloadMacs } from "@loopnest/mapspace";
import type { OnnxImport, OperatorReport } from "@loopnest/onnx";
import { plainTable, quantity, whole } from "@loopnest/report";
import { onnxInput } from "../input/onnx-input.js";
import { refuseUnmodelled } from "../input/refuse-unmodelled.js";
import { type OutputForm, printData } from "../terminal/print-data.js";
import { workloadDocument } from "./workload-document.js";
import { writeDocuments } from "./write-documents.js";

/** The options of `loopnest import` for an ONNX model. */
export interface ImportOnnxOptions extends OutputForm {
  readonly dim: readonly string[];
  readonly fuse: boolean;
  readonly strict?: boolean;
  readonly output?: string;
}

/**
 * `loopnest import model.onnx`: the model as a workload file, and what each of its operators was counted as.
 *
 * The workload goes to the file, else to standard output; with `json` everything goes to standard output, with `jsonl`
 * the operators.
 *
 * @throws LoopnestError as `onnxInput`.
 */
export async function importOnnx(file: string, options: ImportOnnxOptions): Promise<void> {
  const { dim, fuse, output, json, jsonl } = options;
  const imported = await onnxInput(file, dim, fuse);
  const { workload, operators, inputs } = imported;
  if (options.strict) refuseUnmodelled(workload);
  if (output !== undefined) await writeDocuments({ workload: workloadDocument(workload) }, output);
  if (output === undefined && !json && !jsonl) {
    await writeDocuments({ workload: workloadDocument(workload) });
    process.stderr.write(reportText(imported, process.stderr));
    return;
  }
  printData(options, {
    document: () => ({ inputs, operators, workload }),
    lines: () => operators,
    text: () => reportText(imported, process.stdout),
  });
}

const COLUMNS = [
  { title: "operator" },
  { title: "count", align: "right" },
  { title: "counted as" },
  { title: "MACs", align: "right" },
  { title: "words read", align: "right" },
  { title: "words written", align: "right" },
  { title: "note", wraps: true },
] as const;

function reportText({ workload, operators, inputs }: OnnxImport, stream: NodeJS.WriteStream): string {
  const layers = workload.layers.reduce((sum, { count }) => sum + count, 0);
  const macs = quantity(workloadMacs(workload));
  const shapes = inputs.map(({ name, shape }) => `${name} [${shape.join(", ")}]`).join(", ");
  const table = plainTable(COLUMNS, operators.map(row), stream.isTTY ? stream.columns : undefined);
  return (
    `${workload.name}: ${macs} MACs in ${layers} layers (${workload.layers.length} distinct), inputs ${shapes}\n\n` +
    `${table}\n`
  );
}

function row({
  operator,
  count,
  counting,
  macs,
  wordsRead,
  wordsWritten,
  isUnknown,
  reason,
  nodes,
}: OperatorReport): string[] {
  const amount = (value: number) => (value === 0 ? "" : quantity(value));
  // Whoever has to look at a node has to know which.
  const named =
    isUnknown || counting === "not counted" ? `${nodes.slice(0, 3).join(", ")}${nodes.length > 3 ? ", ..." : ""}` : "";
  const note = [reason ?? "", named].filter(Boolean).join(": ");
  return [operator, whole(count), counting, ...[macs, wordsRead, wordsWritten].map(amount), note];
}
