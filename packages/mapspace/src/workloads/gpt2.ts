import { mergeLayers } from "../workload/merge-layers.js";
import type { Workload } from "../workload/workload.js";
import { type GenerationOptions, generationStep } from "./generation.js";
import { attention, blockEdges, linears, repeated } from "./transformer.js";

/** The smallest of the four models in table 2 of the paper (124 M parameters); the vocabulary is in section 2.2. */
const BLOCKS = 12;
const HIDDEN = 768;
const HEADS = 12;
const POSITIONS = 1024;
const VOCABULARY = 50257;

/**
 * GPT-2 with 124 M parameters, whole: twelve blocks and the scores over the vocabulary. Prefill and decode at 1024
 * tokens unless given.
 *
 * @throws LoopnestError `input` for an unknown phase, or a length or batch that is not a positive integer or exceeds
 * 1024.
 */
export function gpt2(options: GenerationOptions): Workload {
  const step = generationStep("gpt2", options, POSITIONS, POSITIONS);
  const tokens = step.batch * step.queries;
  const block = [
    ...linears(tokens, [["query-key-value", HIDDEN, 3 * HIDDEN, 1]]),
    ...attention({ ...step, heads: HEADS, headSize: HIDDEN / HEADS }),
    ...linears(tokens, [
      ["attention-output", HIDDEN, HIDDEN, 1],
      ["feed-forward-up", HIDDEN, 4 * HIDDEN, 1],
      ["feed-forward-down", 4 * HIDDEN, HIDDEN, 1],
    ]),
  ];
  const layers = mergeLayers([
    ...repeated(BLOCKS, block),
    ...linears(step.batch, [["vocabulary-scores", HIDDEN, VOCABULARY, 1]]),
  ]);
  return {
    name: `gpt2-${options.phase}`,
    description: `GPT-2, 124 M parameters, ${step.description}`,
    source: "Radford et al., Language Models are Unsupervised Multitask Learners (2019), sections 2.2 and 2.3",
    layers,
    edges: blockEdges(BLOCKS, layers, ["feed-forward-up", "feed-forward-down", "Gelu"]),
  };
}
