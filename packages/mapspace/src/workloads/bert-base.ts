import { positiveInteger } from "../problem/conv.js";
import { mergeLayers } from "../workload/merge-layers.js";
import type { Workload } from "../workload/workload.js";
import { attention, blockEdges, checkPositions, linears, repeated } from "./transformer.js";

/** L = 12, H = 768, A = 12 in the paper. */
const BLOCKS = 12;
const HIDDEN = 768;
const HEADS = 12;
const POSITIONS = 512;

/**
 * BERT-base, whole: twelve encoder layers with all heads of attention, and the pooler on the first token. Embeddings
 * are look-ups and have no MACs. 11.2 G MACs at sequence length 128 (the default).
 *
 * @throws LoopnestError `input` if an option is not a positive integer or the sequence is longer than 512.
 */
export function bertBase(options: { readonly sequence?: number; readonly batch?: number } = {}): Workload {
  const { sequence = 128, batch = 1 } = options;
  checkPositions("bertBase", "sequence", sequence, POSITIONS);
  positiveInteger("bertBase", "batch", batch);
  const encoderLayer = [
    ...linears(batch * sequence, [["query-key-value-output", HIDDEN, HIDDEN, 4]]),
    ...attention({ batch, heads: HEADS, headSize: HIDDEN / HEADS, queries: sequence, context: sequence }),
    ...linears(batch * sequence, [
      ["feed-forward-up", HIDDEN, 4 * HIDDEN, 1],
      ["feed-forward-down", 4 * HIDDEN, HIDDEN, 1],
    ]),
  ];
  const layers = mergeLayers([...repeated(BLOCKS, encoderLayer), ...linears(batch, [["pooler", HIDDEN, HIDDEN, 1]])]);
  return {
    name: "bert-base",
    description: `BERT-base encoder, all 12 layers, sequence length ${sequence}, batch ${batch}`,
    source: "Devlin et al., BERT: Pre-training of Deep Bidirectional Transformers (NAACL 2019), section 3",
    layers,
    edges: blockEdges(BLOCKS, layers, ["feed-forward-up", "feed-forward-down", "Gelu"]),
  };
}
