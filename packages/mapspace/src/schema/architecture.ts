import * as z from "zod";
import type { Architecture } from "../hardware/architecture.js";
import { checkLevelBits } from "./level-bits.js";
import { clusterSize, network, portsSchema } from "./level-parts.js";
import { checkUnique, name, nonNegative, nonNegativeInteger, positive, positiveInteger } from "./quantities.js";

const area = nonNegative.describe("area of one instance [um2]");
const meshX = positiveInteger.describe("columns of all instances together; rows are instances / meshX");

const level = {
  name: name.describe("how mappings and results call it"),
  keeps: z.array(name).describe("tensors the hardware can hold here"),
  wordBits: positiveInteger.describe("width of one word [bits]"),
  bits: z
    .record(name, positiveInteger)
    .exactOptional()
    .describe("of an element held here, by tensor, where they are not what the workload says: at least those [bits]"),
  blockSize: positiveInteger.describe("width of one vector access [words]"),
  capacityWords: nonNegativeInteger.nullable().describe("capacity of one instance; null is unlimited [words]"),
  bandwidthWordsPerCycle: portsSchema(positive),
  instances: positiveInteger.describe("how many there are on the machine"),
  meshX,
  energyPerVectorAccessPj: nonNegative
    .exactOptional()
    .describe(
      "energy of one vector access: reads, fills and updates alike, unless they have energies of their own [pJ]",
    ),
  readEnergyPj: nonNegative.exactOptional().describe("energy of one vector access that reads [pJ]"),
  fillEnergyPj: nonNegative.exactOptional().describe("energy of one vector access that fills [pJ]"),
  updateEnergyPj: nonNegative.exactOptional().describe("energy of one vector access that updates [pJ]"),
  leakPjPerCycle: nonNegative
    .exactOptional()
    .meta({ description: "static energy of one instance [pJ/cycle]", default: 0 }),
  multipleBuffering: positive
    .min(1)
    .exactOptional()
    .meta({ description: "tiles held of each tensor at a time, which share the capacity", default: 1 }),
  clusterSize,
  network: network.exactOptional(),
  areaPerInstanceUm2: area,
};

const compute = {
  instances: positiveInteger.describe("multiply-accumulate units on the machine"),
  meshX,
  energyPj: nonNegative.describe("energy of one multiply-accumulate [pJ]"),
  areaPerInstanceUm2: area,
};

const TITLE = { title: "loopnest architecture", description: "A machine: storage levels and compute units" };

function machine<L extends z.ZodType, C extends z.ZodType>(level: L, compute: C) {
  return {
    name: name.describe("how results call it"),
    levels: z.array(level).min(1).describe("storage levels, outermost (DRAM) first"),
    compute: compute.describe("the multiply-accumulate units, each one operation a cycle"),
  };
}

/** A machine with all sizes fixed, outermost storage level first. */
export const architectureSchema: z.ZodType<Architecture> = z
  .strictObject(machine(z.strictObject(level), z.strictObject(compute)))
  .superRefine(checkMachine)
  .meta(TITLE);

/** The same with unknown fields dropped instead of rejected: what a record of measurements may carry. */
export const annotatedArchitectureSchema: z.ZodType<Architecture> = z
  .object(machine(z.object(level), z.object(compute)))
  .superRefine(checkMachine)
  .meta(TITLE);

function checkMachine(machine: Architecture, context: z.core.$RefinementCtx): void {
  checkUnique(
    machine.levels.map((level) => level.name),
    (l) => ["levels", l, "name"],
    "level",
    context,
  );
  checkLevelBits(machine.levels, context);
  machine.levels.forEach((level, l) => {
    if (level.energyPerVectorAccessPj !== undefined) return;
    const missing = (["readEnergyPj", "fillEnergyPj", "updateEnergyPj"] as const).filter((k) => level[k] === undefined);
    if (missing.length === 0) return;
    context.addIssue({
      code: "custom",
      path: ["levels", l],
      message: `${level.name} has no ${missing.length === 3 ? "energyPerVectorAccessPj" : missing.join(", no ")}`,
      params: { fix: "give energyPerVectorAccessPj, or readEnergyPj, fillEnergyPj and updateEnergyPj" },
    });
  });
  [...machine.levels, machine.compute].forEach((level, l) => {
    const path = l < machine.levels.length ? ["levels", l, "meshX"] : ["compute", "meshX"];
    const outer = machine.levels[l - 1];
    const rows = level.instances / level.meshX;
    const fault = !Number.isInteger(rows)
      ? `${level.instances} instances do not fill ${level.meshX} columns`
      : outer !== undefined && !(divides(outer.meshX, level.meshX) && divides(outer.instances / outer.meshX, rows))
        ? `${level.meshX} x ${rows} instances are not a whole multiple of the ${outer.meshX} x ` +
          `${outer.instances / outer.meshX} of ${outer.name}`
        : null;
    if (fault === null) return;
    const fix = "choose columns and rows that are whole multiples of those of the level outside";
    context.addIssue({ code: "custom", path, message: fault, params: { fix }, input: level.meshX });
  });
}

function divides(divisor: number, value: number): boolean {
  return Number.isInteger(value / divisor);
}
