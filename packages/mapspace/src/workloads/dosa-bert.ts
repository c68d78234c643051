import { matmul } from "../problem/matmul.js";
import type { Workload } from "../workload/workload.js";

/** Name, rows, length of the sum, columns, count. */
const ROWS = [
  ["projection", 128, 768, 768, 2],
  ["attention-scores", 128, 64, 128, 1],
  ["attention-context", 128, 128, 64, 1],
  ["feed-forward-up", 128, 768, 3072, 1],
  ["feed-forward-down", 128, 3072, 768, 1],
] as const;

/**
 * The part of BERT-base that DOSA evaluates: six matrix products of one encoder layer at sequence length 128, with 2 of
 * the 4 projections and 1 of the 12 attention heads. The whole network is `bertBase`.
 */
export function dosaBert(): Workload {
  return {
    name: "bert",
    description: "BERT-base as in DOSA: six matrix products of one encoder layer, one head, sequence length 128",
    source: "the layer list of DOSA (MICRO 2023), after Devlin et al., BERT (NAACL 2019)",
    layers: ROWS.map(([name, m, k, n, count]) => ({ problem: matmul({ name, m, k, n }), count })),
  };
}
