import { mergeLayers } from "../workload/merge-layers.js";
import type { Workload } from "../workload/workload.js";
import { type GenerationOptions, generationStep } from "./generation.js";
import { attention, blockEdges, linears, repeated } from "./transformer.js";

/** The 8B column of table 3 of the report. */
const BLOCKS = 32;
const HIDDEN = 4096;
const FEED_FORWARD = 14336;
const HEADS = 32;
const KEY_VALUE_HEADS = 8;
const HEAD_SIZE = HIDDEN / HEADS;
const KEY_VALUE = KEY_VALUE_HEADS * HEAD_SIZE;
const VOCABULARY = 128256;
/** 8,192 in Llama 3; Llama 3.1, with the same layers, was trained on to 128 K. */
const POSITIONS = 131072;

/**
 * Llama 3 (and 3.1) 8B, whole: 32 blocks with grouped-query attention and gated feed-forward, and the scores over the
 * vocabulary. Prefill and decode at 2048 tokens unless given.
 *
 * @throws LoopnestError `input` for an unknown phase, or a length or batch that is not a positive integer or exceeds
 * 131072.
 */
export function llama3_8b(options: GenerationOptions): Workload {
  const step = generationStep("llama3_8b", options, 2048, POSITIONS);
  const tokens = step.batch * step.queries;
  const block = [
    ...linears(tokens, [
      ["query-output", HIDDEN, HIDDEN, 2],
      ["key-value", HIDDEN, KEY_VALUE, 2],
    ]),
    ...attention({ ...step, heads: HEADS, keyValueHeads: KEY_VALUE_HEADS, headSize: HEAD_SIZE }),
    ...linears(tokens, [
      ["feed-forward-gate-up", HIDDEN, FEED_FORWARD, 2],
      ["feed-forward-down", FEED_FORWARD, HIDDEN, 1],
    ]),
  ];
  const layers = mergeLayers([
    ...repeated(BLOCKS, block),
    ...linears(step.batch, [["vocabulary-scores", HIDDEN, VOCABULARY, 1]]),
  ]);
  return {
    name: `llama-3-8b-${options.phase}`,
    description: `Llama 3 8B, ${step.description}`,
    source: "Llama Team, The Llama 3 Herd of Models (2024), table 3",
    layers,
    edges: blockEdges(BLOCKS, layers, null),
  };
}
