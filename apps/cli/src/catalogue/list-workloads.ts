import { builtInWorkload, workloadMacs, workloadNames, workloadSizes } from "@loopnest/mapspace";
import { plainTable, quantity } from "@loopnest/report";
import { type OutputForm, printData } from "../terminal/print-data.js";

const HOW = `Other sizes: loopnest search llama-3-8b-decode --dim context=8192 --dim batch=4
A workload file or an ONNX model is searched in the same way:
loopnest search my-network.yaml`;

/** `loopnest workloads`: the built-in networks. */
export function listWorkloads(form: OutputForm): void {
  const rows = workloadNames.map((name) => {
    const network = builtInWorkload(name);
    const operators = network.layers.reduce((sum, { count }) => sum + count, 0);
    const { description = "", source = "", layers } = network;
    return {
      ...{ name, distinctLayers: layers.length, layers: operators, macs: workloadMacs(network) },
      ...{ sizes: workloadSizes(name), description, source },
    };
  });
  printData(form, { document: () => rows, lines: () => rows, text: () => listText(rows) });
}

interface ListedWorkload {
  readonly name: string;
  readonly distinctLayers: number;
  readonly layers: number;
  readonly macs: number;
  readonly sizes: ReturnType<typeof workloadSizes>;
  readonly description: string;
}

function listText(rows: readonly ListedWorkload[]): string {
  const columns = [
    { title: "workload" },
    { title: "layers", align: "right" },
    { title: "distinct", align: "right" },
    { title: "MACs", align: "right" },
    { title: "--dim" },
    { title: "what it is", wraps: true },
  ] as const;
  const table = plainTable(
    columns,
    rows.map(({ name, layers, distinctLayers, macs, sizes, description }) => [
      ...[name, String(layers), String(distinctLayers), quantity(macs), Object.keys(sizes).join(", "), description],
    ]),
    process.stdout.isTTY ? process.stdout.columns : undefined,
  );
  return `${table}

${HOW}
`;
}
