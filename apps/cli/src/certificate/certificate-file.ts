import { mayPad } from "@loopnest/mapspace";
import { mappingSchema } from "@loopnest/mapspace/schema";
import { proofSpace, type RunResult } from "@loopnest/report";
import * as z from "zod";
import { version } from "../../package.json";
import { exactModel } from "../plan/run-model.js";
import type { SearchPlan } from "../plan/search-plan.js";
import { inputsSchema } from "../run-folder/read-run.js";
import { runResultSchema } from "../run-folder/run-result.js";
import { certify, type ProvenBox } from "./certify.js";
import type { BoxBounder } from "./check/box-bound.js";
import type { Choice } from "./check/layer-choices.js";
import type { Question } from "./check/question.js";
import { loopText } from "./loop-text.js";

/** Version of the form of a certificate; it grows when a reader of the old form would misread the new one. */
const CERTIFICATE_VERSION = 1;

const amount = z.number().min(0);

/** A certificate: a question, a design, and boxes of hardware that leave nothing out, each with a bound. */
export const certificateSchema = z.strictObject({
  certificate: z.literal(CERTIFICATE_VERSION),
  loopnest: z.string().describe("version that wrote it"),
  space: z.string().describe("what is proven, in words"),
  inputs: inputsSchema,
  objective: runResultSchema.shape.objective,
  fixed: runResultSchema.shape.fixed,
  design: z.strictObject({
    hardware: runResultSchema.shape.hardware,
    layers: z.array(z.strictObject({ name: z.string(), mapping: mappingSchema })),
  }),
  value: amount.describe("of the design"),
  unit: z.string(),
  lowerBound: amount.describe("no design is below it"),
  boxes: z.array(
    z.strictObject({
      sizes: z.record(z.string(), z.tuple([z.number(), z.number()])).describe("least and greatest value of every size"),
      lowerBound: amount.nullable().describe("no design in the box is below it; null: none fits and keeps the limits"),
      attained: z
        .strictObject({ energyUj: amount, latencyCycles: amount, areaMm2: amount, layers: z.array(z.string()) })
        .exactOptional()
        .describe("what attains the bound if every layer runs on the machine of the box that suits it best"),
    }),
  ),
});

/** A certificate as it is written and read. */
export type Certificate = z.infer<typeof certificateSchema>;

/** The space that a certificate is about: its words must be these. */
export function certifiedSpace({ inputs, fixed }: Pick<SearchPlan, "inputs" | "fixed">): string {
  return proofSpace({ inputs, counts: inputs.counts, options: {}, fixed, mayPad: mayPad(inputs.workload) });
}

/** The question of a certificate or a search. */
export function questionOf({ inputs, objective, fixed }: Pick<SearchPlan, "inputs" | "objective" | "fixed">): Question {
  return { model: exactModel(inputs), workload: inputs.workload, objective, fixed };
}

/**
 * The certificate of a finished exact search.
 *
 * @throws LoopnestError `unsupported` if the search's bound cannot be shown to hold.
 */
export function makeCertificate(plan: SearchPlan, result: RunResult): Certificate {
  const lowerBound = Math.min(result.lowerBound ?? 0, result.value);
  const { boxes, bounder } = certify(questionOf(plan), lowerBound);
  return {
    certificate: CERTIFICATE_VERSION,
    loopnest: version,
    space: certifiedSpace(plan),
    inputs: plan.inputs,
    objective: plan.objective,
    fixed: { ...plan.fixed },
    design: {
      hardware: { ...result.hardware },
      layers: result.layers.map(({ name, mapping }) => ({
        name,
        mapping: [...mapping] as Certificate["design"]["layers"][0]["mapping"],
      })),
    },
    value: result.value,
    unit: result.unit,
    lowerBound,
    boxes: boxes.map((box) => boxDocument(bounder, box)),
  };
}

function boxDocument({ grid, layers }: BoxBounder, { box, lowerBound, attained }: ProvenBox): Certificate["boxes"][0] {
  const sizes = grid.sizes.map(({ name, values }, s) => [name, [values[box.low[s]!]!, values[box.high[s]!]!]] as const);
  const text = (choice: Choice, i: number) => loopText(layers[i]!.space, choice);
  return {
    sizes: Object.fromEntries(sizes.map(([name, [least, greatest]]) => [name, [least, greatest]])),
    lowerBound: Number.isFinite(lowerBound) ? lowerBound : null,
    ...(attained !== null && {
      attained: {
        energyUj: attained.energyPj / 1e6,
        latencyCycles: attained.latencyCycles,
        areaMm2: attained.areaUm2 / 1e6,
        layers: attained.choices.map(text),
      },
    }),
  };
}
