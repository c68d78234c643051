import type * as z from "zod";
import { strideOf } from "../workload/link-layers.js";
import type { Edge, Layer } from "../workload/workload.js";

/** Edges name layers, tensors and dimensions that there are, and occur no more often than their layers. */
export function checkEdges(edges: readonly Edge[], layers: readonly Layer[], context: z.core.$RefinementCtx): void {
  edges.forEach((edge, i) => {
    const issue = (field: keyof Edge, message: string, fix: string) =>
      context.addIssue({ code: "custom", path: ["edges", i, field], message, params: { fix }, input: edge });
    const [from, to] = (["from", "to"] as const).map((end) => {
      const layer = layers.find(({ problem }) => problem.name === edge[end]);
      const names = layers.map(({ problem }) => problem.name).join(", ");
      if (layer === undefined) issue(end, `no layer is called ${edge[end]}`, `use one of ${names}`);
      else if (edge.executions === undefined && layer.count < edge.count)
        issue("count", `${edge[end]} occurs ${layer.count} times`, "give at most that");
      return layer;
    });
    if (from === undefined || to === undefined) return;
    const inputs = to.problem.tensors.filter(({ role }) => role === "input").map((tensor) => tensor.name);
    if (!inputs.includes(edge.tensor)) {
      issue("tensor", `${edge.to} reads no ${edge.tensor}`, `use one of ${inputs.join(", ")}`);
    }
    for (const [a, b] of edge.ranks) {
      const made = from.problem.dims[a];
      const read = to.problem.dims[b];
      if (made === undefined) issue("ranks", `${edge.from} has no dimension ${a}`, "use one of its own");
      else if (read === undefined) issue("ranks", `${edge.to} has no dimension ${b}`, "use one of its own");
      else if (made !== strideOf(to.problem, edge.tensor, b) * read) {
        issue("ranks", `${a} and ${b} differ`, "match equal ones, or leave them out: they are not cut then");
      }
    }
    checkExecutions(edge, [from.count, to.count], issue);
  });
}

function checkExecutions(
  { executions, count, from, to }: Edge,
  most: readonly [number, number],
  issue: (field: keyof Edge, message: string, fix: string) => void,
): void {
  if (executions === undefined) return;
  if (executions.length !== count) {
    issue("executions", `${executions.length} executions, and a count of ${count}`, "give as many pairs as it occurs");
  }
  for (const end of [0, 1] as const) {
    const name = end === 0 ? from : to;
    const beyond = executions.find((pair) => pair[end] >= most[end]);
    if (beyond === undefined) continue;
    issue("executions", `${name} has no execution ${beyond[end]}`, `its executions are 0 to ${most[end] - 1}`);
  }
}
