import { countsNames } from "@loopnest/mapspace";
import { mappingSchema } from "@loopnest/mapspace/schema";
import type { RunResult as Run } from "@loopnest/report";
import * as z from "zod";
import { fusionSchema } from "./fusion-schema.js";

/**
 * Versions of the form of `result.json`; another one when a reader of the old form would misread the new one. The
 * second is that of runs with fusion, whose layers are those that run: a layer of the workload may stand there several
 * times.
 */
export const SCHEMA_VERSION = 1;
export const FUSED_SCHEMA_VERSION = 2;

/** Runs that do not say were made before there was a choice. */
export const countsSchema = z
  .enum(countsNames)
  .default("timeloop-2022")
  .describe("whose counting; timeloop-2022 where it is missing");

const amount = z.number().min(0);
const share = z.number().min(0).max(1);
const input = z.strictObject({
  name: z.string(),
  sha256: z.string().describe("of the data as used, in inputs.json"),
});

const tensorFigures = z.strictObject({
  reads: amount,
  updates: amount,
  fills: amount,
  energyPj: amount,
  utilizedCapacity: amount.describe("words of the tile that one instance holds"),
  width: z
    .strictObject({
      bits: z.int().min(1).describe("of an element, of an output's partial sum"),
      finishedBits: z.int().min(1).exactOptional().describe("of a finished element where it is another"),
      levelWords: z
        .strictObject({ reads: amount, updates: amount, fills: amount, utilizedCapacity: amount })
        .describe("the same counts in words of the level"),
    })
    .exactOptional()
    .describe("of elements that are not a word of the level each"),
});

const shares = z
  .strictObject({ energy: share, latency: share, edp: share.describe("mean of the other two: EDP is their product") })
  .describe("of the network, count included");

const layerFigures = z.strictObject({
  name: z.string(),
  count: z.int().min(1).describe("how often the layer occurs; all figures below are of one execution"),
  file: z.string().describe("the layer's problem, architecture and mapping: a case for loopnest evaluate"),
  macs: amount,
  energyPj: amount,
  latencyCycles: amount,
  utilization: share.describe("MACs per cycle over MAC units"),
  bottleneck: z.string().describe("the level that sets the latency, or compute"),
  share: shares,
  computeCycles: amount,
  computeEnergyPj: amount,
  levels: z.record(
    z.string(),
    z.strictObject({
      cycles: amount,
      tensors: z.record(z.string(), tensorFigures).describe("words over all instances"),
      leakPj: amount.exactOptional().describe("static energy of the instances in use; left out where there is none"),
      networkPj: amount.exactOptional().describe("of the wires to the level inside; left out where they have no price"),
    }),
  ),
  mapping: mappingSchema,
  padded: z
    .record(z.string(), z.tuple([z.int().min(1), z.int().min(1)]))
    .exactOptional()
    .describe(
      "dimensions that are padded: the bound, and the larger one that is run; all figures but macs and " +
        "utilization are of that",
    ),
  held: z
    .array(z.string())
    .min(1)
    .exactOptional()
    .describe("tensors held on chip between this layer and others that share the loops outside of them"),
});

const movementFigures = z.strictObject({
  name: z.string(),
  kind: z.string().describe("the operator: MaxPool"),
  count: z.int().min(1).describe("how often it occurs; all figures below are of one execution"),
  wordsRead: amount.describe("from the outermost level"),
  wordsWritten: amount.describe("to the outermost level"),
  bits: z.int().min(1).exactOptional().describe("of an element, where it is not one word of the outermost level"),
  energyPj: amount,
  latencyCycles: amount,
  share: shares,
});

const totals = z.strictObject({
  edp: amount.describe("energyUj x latencyCycles"),
  energyUj: amount.describe("sum over layers of count x energy, and data movement"),
  latencyCycles: amount.describe("sum over layers of count x latency, and data movement"),
  areaMm2: amount,
  macs: amount,
  utilization: share,
  dataMovement: z
    .strictObject({ wordsRead: amount, wordsWritten: amount, energyUj: amount, latencyCycles: amount })
    .exactOptional()
    .describe("operators without multiply-accumulates, all together: accesses to DRAM"),
});

const objectiveName = z.enum(["edp", "energy", "latency", "edap", "area"]);
const sizes = z.record(z.string(), z.number());

const within = z.strictObject({
  share: amount.describe("of the best value, by which the value may be above it"),
  value: amount.describe("the best value, and the area of the design that has it"),
  areaMm2: amount,
  bounds: z
    .array(z.strictObject({ of: objectiveName, value: amount, lowerBound: amount.exactOptional() }))
    .describe("what was made small, one after the other, and what no design within the share is below"),
});

const next = z.strictObject({
  sizes: z
    .array(
      z.strictObject({
        name: z.string(),
        value: z.number(),
        bound: z.enum(["largest", "smallest"]).exactOptional(),
        smaller: z.number().exactOptional().describe("in the design within the least share"),
      }),
    )
    .describe("that stand at an end of their range, or could shrink"),
  smaller: z
    .array(z.strictObject({ within: amount, value: amount, areaMm2: amount, hardware: sizes }))
    .describe("the smallest designs within shares of the value, by a short search: not proven"),
});

/** What was minimised, and the limits that designs had to keep. */
export const objectiveSchema = z.strictObject({
  name: objectiveName,
  maxAreaMm2: z.number().exactOptional(),
  maxLatencyCycles: z.number().exactOptional(),
  maxEnergyUj: z.number().exactOptional(),
  maxEdp: z.number().exactOptional().describe("energyUj x latencyCycles"),
});

const learnedFigures = z.strictObject({
  model: z.string(),
  uncertaintyPenalty: amount.describe("deviations that the search counted every latency slower"),
  edp: amount.describe("energyUj x latencyCycles"),
  latencyCycles: amount.describe("sum over layers of count x predictedCycles"),
  energyUj: amount.exactOptional().describe("of a model with energies of its own"),
  layers: z.array(
    z.strictObject({
      predictedCycles: amount.describe("of one execution"),
      predictedEnergyPj: amount.exactOptional(),
      uncertainty: amount.describe("deviation of the log of the cycles"),
      trust: share.describe("1 within the range of the training data"),
    }),
  ),
});

/**
 * What `result.json` holds. Units are in the names; everything that decides the result is in `inputs` and `options`.
 */
export const runResultSchema = z.strictObject({
  schemaVersion: z.literal([SCHEMA_VERSION, FUSED_SCHEMA_VERSION]),
  status: z.enum(["finished", "interrupted"]),
  versions: z.strictObject({ loopnest: z.string(), node: z.string() }),
  startedAt: z.string(),
  seconds: amount,
  workers: z.int().min(1).describe("does not change the result"),
  inputs: z.strictObject({ workload: input, target: input, energyTable: input, learned: input.exactOptional() }),
  counts: countsSchema,
  method: z.string(),
  seed: z.int(),
  options: z.record(z.string(), z.union([z.number(), z.string()])).describe("of the method"),
  objective: objectiveSchema,
  fixed: z.record(z.string(), z.number()).describe("sizes that were given, not searched"),
  samples: amount.describe("evaluations of the whole network"),
  value: amount.describe("of the objective"),
  unit: z.string().describe("of the value"),
  lowerBound: amount.exactOptional().describe("no design can be better, if the method proves it"),
  within: within.exactOptional().describe("the design is the smallest within a share of the best value"),
  next: next.exactOptional().describe("what less area costs, and sizes at an end of their range"),
  hardware: sizes,
  totals: totals.describe("of all networks together"),
  rates: z
    .strictObject({
      clockMhz: amount,
      latencyMs: amount.describe("of the whole network, once"),
      runsPerSecond: amount,
      powerW: amount.describe("energy over latency"),
      gops: amount.describe("a multiply-accumulate is two operations"),
      topsPerWatt: amount,
      outermostGBPerSecond: amount.describe("to and from the outermost level, 1e9 bytes"),
    })
    .exactOptional()
    .describe("the figures at the clock of the target, if it has one"),
  networks: z
    .array(
      z.strictObject({
        name: z.string(),
        weight: z
          .int()
          .min(1)
          .describe("how often it runs: energy and latency of the whole are sums of weight x its own"),
        totals: totals.describe("of one run of this network alone"),
      }),
    )
    .exactOptional()
    .describe("each of several networks by itself, on the same hardware with the same mappings"),
  learned: learnedFigures
    .exactOptional()
    .describe("latencies by the learned model that was searched with; the value is theirs"),
  mayPad: z.literal(true).exactOptional().describe("loops were free to run at larger bounds than their layers'"),
  layers: z.array(layerFigures).min(1).describe("those of the workload; with fusion, those that run"),
  fusion: fusionSchema.exactOptional().describe("what stays on chip between layers"),
  dataMovement: z
    .array(movementFigures)
    .exactOptional()
    .describe("operators without multiply-accumulates: nothing of a network is free unless it is fused into a layer"),
  unmodelled: z
    .array(
      z.strictObject({
        operator: z.string(),
        count: amount,
        countedAs: z.enum(["data movement", "not counted"]),
        reason: z.string(),
      }),
    )
    .exactOptional()
    .describe("operators of the network that no figure holds, or only in part"),
  convergence: z.array(z.strictObject({ samples: amount, seconds: amount, value: amount })),
});

/** What `result.json` holds: the run, and in which form. */
export type RunResult = Run & Pick<z.infer<typeof runResultSchema>, "schemaVersion" | "workers">;
