import { LoopnestError } from "../errors/loopnest-error.js";
import { positiveInteger } from "../problem/conv.js";
import { checkPositions } from "./transformer.js";

/**
 * A step of text generation. `prefill` reads a prompt of `sequence` tokens at once and scores the next token only, as
 * serving systems do; `decode` makes one token, which looks at `context` tokens, itself included.
 */
export type GenerationOptions =
  | {
      readonly phase: "prefill";
      readonly sequence?: number;
      /** Sequences at a time; 1 unless given. */
      readonly batch?: number;
    }
  | {
      readonly phase: "decode";
      readonly context?: number;
      /** Sequences at a time; 1 unless given. */
      readonly batch?: number;
    };

/** Tokens of each sequence that pass through the model, and tokens that they look at. */
export interface GenerationStep {
  readonly queries: number;
  readonly context: number;
  readonly batch: number;
  readonly description: string;
}

/**
 * Reads the options of a decoder-only model.
 *
 * @throws LoopnestError `input` for an unknown phase, or a length or batch that is not a positive integer or exceeds
 * `positions`.
 */
export function generationStep(
  model: string,
  options: GenerationOptions,
  defaultLength: number,
  positions: number,
): GenerationStep {
  const { batch = 1 } = options;
  positiveInteger(model, "batch", batch);
  if (options.phase === "prefill") {
    const { sequence = defaultLength } = options;
    checkPositions(model, "sequence", sequence, positions);
    const description = `prefill of ${sequence} tokens, batch ${batch}`;
    return { queries: sequence, context: sequence, batch, description };
  }
  if (options.phase === "decode") {
    const { context = defaultLength } = options;
    checkPositions(model, "context", context, positions);
    return { queries: 1, context, batch, description: `decode of one token at context ${context}, batch ${batch}` };
  }
  const got: unknown = (options as { phase: unknown }).phase;
  throw new LoopnestError({
    code: "input",
    path: `${model}.phase`,
    problem: `phase is ${JSON.stringify(got)}`,
    fix: 'give "prefill" or "decode"',
    expected: ["prefill", "decode"],
    got,
  });
}
