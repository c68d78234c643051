import { workload, workloadMacs, workloadNames } from "@loopnest/mapspace";
import { quantity } from "../terminal/number-format.js";
import { plainTable } from "../terminal/plain-table.js";

/** `loopnest workloads`: the built-in networks. */
export function listWorkloads(json: boolean, jsonl = false): void {
  const rows = workloadNames.map((name) => {
    const network = workload(name);
    const operators = network.layers.reduce((sum, { count }) => sum + count, 0);
    const { description, source, layers } = network;
    return { name, distinctLayers: layers.length, layers: operators, macs: workloadMacs(network), description, source };
  });
  if (jsonl) return void process.stdout.write(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  if (json) return void process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
  const columns = [
    { title: "workload" },
    { title: "layers", align: "right" },
    { title: "distinct", align: "right" },
    { title: "MACs", align: "right" },
    { title: "what it is", wraps: true },
  ] as const;
  const table = plainTable(
    columns,
    rows.map(({ name, layers, distinctLayers, macs, description }) => [
      ...[name, String(layers), String(distinctLayers), quantity(macs), description],
    ]),
    process.stdout.isTTY ? process.stdout.columns : undefined,
  );
  process.stdout.write(
    `${table}\n\nA workload file is searched in the same way: loopnest search my-network.yaml --target gemmini\n`,
  );
}
