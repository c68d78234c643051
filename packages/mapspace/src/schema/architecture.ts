import * as z from "zod";
import type { Architecture } from "../hardware/architecture.js";
import { checkLevelBits } from "./level-bits.js";
import { clusterSize, network } from "./level-parts.js";
import { checkUnique, name, nonNegative, nonNegativeInteger, positive, positiveInteger } from "./quantities.js";

const bandwidth = z
  .union([
    z.strictObject({ shared: positive }),
    z.strictObject({ read: positive, write: positive }),
    z.strictObject({ read: positive }),
    z.strictObject({ write: positive }),
    z.null(),
  ])
  .describe(
    "words a cycle of one instance: one port for everything, or a read and a write port; null and a port that " +
      "is left out are unlimited",
  );

const area = nonNegative.describe("area of one instance, um2");
const meshX = positiveInteger.describe("columns of all instances together; rows are instances / meshX");

const level = {
  name,
  keeps: z.array(name).describe("tensors the hardware can hold here"),
  wordBits: positiveInteger,
  bits: z
    .record(name, positiveInteger)
    .exactOptional()
    .describe("of an element held here, by tensor, where they are not what the workload says: at least those"),
  blockSize: positiveInteger.describe("words of one vector access"),
  capacityWords: nonNegativeInteger.nullable().describe("words of one instance; null is unlimited"),
  bandwidthWordsPerCycle: bandwidth,
  instances: positiveInteger,
  meshX,
  energyPerVectorAccessPj: nonNegative
    .exactOptional()
    .describe("energy of one vector access: reads, fills and updates alike, unless they have energies of their own"),
  readEnergyPj: nonNegative.exactOptional().describe("energy of one vector access that reads"),
  fillEnergyPj: nonNegative.exactOptional().describe("energy of one vector access that fills"),
  updateEnergyPj: nonNegative.exactOptional().describe("energy of one vector access that updates"),
  leakPjPerCycle: nonNegative.exactOptional().describe("static energy of one instance in a cycle; default 0"),
  multipleBuffering: positive
    .min(1)
    .exactOptional()
    .describe("tiles held of each tensor at a time, which share the capacity; default 1"),
  clusterSize: clusterSize.exactOptional(),
  network: network.exactOptional(),
  areaPerInstanceUm2: area,
};

const compute = {
  instances: positiveInteger,
  meshX,
  energyPj: nonNegative.describe("energy of one multiply-accumulate"),
  areaPerInstanceUm2: area,
};

/** A machine with all sizes fixed, outermost storage level first. */
export const architectureSchema: z.ZodType<Architecture> = z
  .strictObject({
    name,
    levels: z.array(z.strictObject(level)).min(1).describe("storage levels, outermost (DRAM) first"),
    compute: z.strictObject(compute),
  })
  .superRefine(checkMachine)
  .meta({ title: "loopnest architecture", description: "A machine: storage levels and compute units" });

/** The same with unknown fields dropped instead of rejected: what a record of measurements may carry. */
export const annotatedArchitectureSchema: z.ZodType<Architecture> = z
  .object({ name, levels: z.array(z.object(level)).min(1), compute: z.object(compute) })
  .superRefine(checkMachine);

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
