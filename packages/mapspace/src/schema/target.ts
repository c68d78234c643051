import * as z from "zod";
import { greatestSize, isSize, leastSize } from "../hardware/free-size.js";
import type { Target } from "../hardware/target.js";
import { evaluateMonomial, parseMonomial, type SizeExpression } from "../numbers/monomial.js";
import { checkFactorLimits } from "./factor-limits.js";
import { checkLevelBits } from "./level-bits.js";
import { clusterSize, network, portsSchema } from "./level-parts.js";
import { checkUnique, name, positive, positiveInteger } from "./quantities.js";

const size = z
  .union([positive, name])
  .describe("a number, or sizes joined by * and /, each with an optional ^n: 1024 * scratchpadKb / peDim");

const freeSize = z.strictObject({
  name: name.describe("how expressions refer to it, with its unit: scratchpadKb"),
  description: z.string().describe("what it is, for people"),
  min: positive.describe("least value, in the unit of its name"),
  max: positive.describe("greatest value"),
  step: positive.exactOptional().meta({ description: "sizes are whole multiples of it", default: 1 }),
  drawnUpTo: positive.exactOptional().describe("largest value that random draws of hardware take; max unless given"),
  default: positive.describe("value of the machine as built"),
});

const factorLimit = z.strictObject({
  dim: name.describe("dimension of the loop"),
  kind: z.enum(["X", "Y", "temporal"]).describe("over columns, over rows, or in time"),
  least: positiveInteger.exactOptional().meta({ description: "least factor", default: 1 }),
  most: positiveInteger.exactOptional().describe("greatest factor, equal to the least to fix it; any unless given"),
});

const space = z.strictObject({
  temporal: z.union([z.literal("all"), z.array(name)]).describe("dimensions that may be iterated here"),
  order: z.union([z.literal("any"), z.array(name)]).describe("loop order, innermost first"),
  spatialX: z.array(name).describe("dimensions that may be unrolled over the columns below"),
  spatialY: z.array(name).describe("dimensions that may be unrolled over the rows below"),
  factors: z.array(factorLimit).exactOptional().describe("limits on the factors of such loops; any unless given"),
});

const level = z.strictObject({
  name: name.describe("how mappings, energy tables and results call it"),
  kind: z.enum(["dram", "scratchpad", "accumulator", "register"]).describe("how energy and area tables price it"),
  keeps: z.array(name).describe("tensors the hardware can hold here"),
  wordBits: positiveInteger.describe("width of one word [bits]"),
  bits: z
    .record(name, positiveInteger)
    .exactOptional()
    .describe("of an element held here, by tensor, where they are not what the workload says: at least those [bits]"),
  blockSize: size.describe("width of one row [words]"),
  rowsPerInstance: size.nullable().describe("depth of one instance, rounded up; null is unlimited [rows]"),
  buffers: positiveInteger.exactOptional().meta({
    description: "copies of the rows (2: double buffering); capacity is that of one, area of all",
    default: 1,
  }),
  bandwidthWordsPerCycle: portsSchema(size),
  gigabytesPerSecond: positive
    .exactOptional()
    .describe("of all instances and both directions; checked against bandwidth, word width and clockMhz [GB/s]"),
  instances: size.describe("how many there are on the machine"),
  meshX: size.describe("columns of all instances together; rows are instances / meshX"),
  space: space.describe("which loops this level may have"),
  apart: z.boolean().exactOptional().meta({
    description: "whether loops of the next outer level may stand between the tiles kept here",
    default: false,
  }),
  home: z
    .boolean()
    .exactOptional()
    .meta({ description: "whether what one layer hands the next may stay here", default: false }),
  clusterSize,
  network: network.exactOptional(),
});

/** How far a data sheet's rounded number may be from what ports, width and clock make. */
const ROUNDING = 0.01;

/** Bandwidths that are given twice, in words a cycle and in bytes a second, must agree at default sizes. */
function checkDataSheet({ levels, clockMhz, sizes }: Target, context: z.RefinementCtx): void {
  const names = sizes.map((size) => size.name);
  const defaults = sizes.map((size) => size.default);
  const value = (expression: SizeExpression) => evaluateMonomial(parseMonomial(expression, names), defaults);
  for (const [i, level] of levels.entries()) {
    const { gigabytesPerSecond: said, bandwidthWordsPerCycle: ports, instances, wordBits } = level;
    if (said === undefined) continue;
    const issue = (message: string, fix: string) => {
      context.addIssue({
        code: "custom",
        path: ["levels", i, "gigabytesPerSecond"],
        message,
        params: { fix },
        input: said,
      });
    };
    if (clockMhz === undefined) issue("bytes a second say nothing without a clock", "give the target's clockMhz");
    else if (ports === null) issue("the level's bandwidth is unlimited", "give its bandwidthWordsPerCycle");
    else {
      const words = Object.values(ports).reduce((sum: number, port) => sum + value(port), 0);
      const made = Number(((words * value(instances) * wordBits * clockMhz) / 8000).toPrecision(4));
      if (Math.abs(said / made - 1) <= ROUNDING) continue;
      const problem = `${said} GB/s, but the ports of all instances move ${made} GB/s at ${clockMhz} MHz`;
      issue(problem, `give ${made}, or the bandwidthWordsPerCycle that makes ${said} GB/s`);
    }
  }
}

/** An architecture template with free sizes and the mapspace that the hardware can execute. */
export const targetSchema: z.ZodType<Target> = z
  .strictObject({
    name: name.describe("how results call it"),
    description: z.string().describe("what it is, for people"),
    source: z.string().describe("where sizes, structure and constraints come from"),
    sizes: z.array(freeSize).describe("in the order in which minimal hardware solves them"),
    levels: z.array(level).min(1).describe("outermost (DRAM) first"),
    compute: z
      .strictObject({
        instances: size.describe("multiply-accumulate units on the machine"),
        meshX: size.describe("columns of all of them together"),
        macBits: positiveInteger.describe("width of an operand [bits]"),
      })
      .describe("the multiply-accumulate units, each one operation a cycle"),
    clockMhz: positive.exactOptional().describe("with it results have ms, W and GB/s, too [MHz]"),
    energyTable: name.describe("energy table used unless another is asked for: by name, or a file beside this one"),
  })
  .superRefine((target, context) => {
    const names = (list: readonly { name: string }[]) => list.map((item) => item.name);
    checkUnique(names(target.sizes), (i) => ["sizes", i, "name"], "size", context);
    checkUnique(names(target.levels), (i) => ["levels", i, "name"], "level", context);
    checkDataSheet(target, context);
    checkLevelBits(target.levels, context);
    checkFactorLimits(target.levels, context);
    target.sizes.forEach((free, i) => {
      const { min, max, step = 1, default: value } = free;
      if (isSize(free, value)) return;
      const some = leastSize(free) <= greatestSize(free);
      context.addIssue({
        code: "custom",
        path: ["sizes", i, some ? "default" : "step"],
        message: some
          ? `the default ${value} is no multiple of ${step} from ${min} to ${max}`
          : `no multiple of ${step} lies between ${min} and ${max}`,
        params: {
          fix: some
            ? `give a multiple of ${step} from ${leastSize(free)} to ${greatestSize(free)}`
            : "give a smaller step",
        },
        input: some ? value : step,
      });
    });
  })
  .meta({ title: "loopnest target", description: "An architecture template: free sizes, levels and their mapspace" });
