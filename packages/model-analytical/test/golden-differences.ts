import { LoopnestError } from "@loopnest/mapspace";
import { type Evaluation, evaluate } from "../src/index.js";
import type { CurrentRecord, GoldenRecord, GoldenResult } from "./golden-records.js";

/** Largest relative difference of energies, utilisation and area; counts and cycles must be equal. */
const TOLERANCE = 1e-6;

/** Where `evaluate` differs from a golden record, one line each; empty if it agrees. */
export function goldenDifferences(record: GoldenRecord): string[] {
  const { id, problem, architecture, mapping } = record;
  let differences: string[];
  try {
    const found = evaluate(problem, architecture, mapping, "timeloop-2022");
    differences = record.error === undefined ? differencesOf(found, record.expected) : [`accepted: ${record.error}`];
  } catch (error) {
    if (!(error instanceof LoopnestError)) throw error;
    differences =
      record.error === undefined ? [error.message] : rejectionDifferences(error, record.error, record.message);
  }
  return differences.map((difference) => `${id}: ${difference}`);
}

/** The same against what Timeloop counts today, of which less is kept. */
export function currentDifferences(record: GoldenRecord, current: CurrentRecord): string[] {
  const { id, problem, architecture, mapping } = record;
  const differences: string[] = [];
  const compare = (what: string, got: number | undefined, want: number, tolerance = 0) => {
    if (!(Math.abs(got! - want) <= tolerance * Math.abs(want)))
      differences.push(`${id}: ${what} is ${got}, not ${want}`);
  };
  try {
    const found = evaluate(problem, architecture, mapping, "timeloop-2025");
    if (current.expected === undefined) return [`${id}: accepted: ${current.error}`];
    const { cycles, energyPj, levels } = current.expected;
    if (found.inexact.length > 0) differences.push(`${id}: ${found.inexact.join()} are called inexact`);
    compare("cycles", found.cycles, cycles);
    compare("energyPj", found.energyPj, energyPj, TOLERANCE);
    for (const [level, { tensors }] of Object.entries(levels)) {
      for (const [tensor, want] of Object.entries(tensors)) {
        const got = found.levels[level]!.tensors[tensor];
        for (const what of ["reads", "updates", "fills", "utilizedCapacity"] as const) {
          compare(`${level}.${tensor}.${what}`, got?.[what], want[what]);
        }
      }
    }
  } catch (error) {
    if (!(error instanceof LoopnestError)) throw error;
    if (error.code !== current.error) differences.push(`${id}: rejected as ${error.code}, not ${current.error}`);
  }
  return differences;
}

function differencesOf(found: Evaluation, expected: GoldenResult): string[] {
  const differences: string[] = [];
  const equal = (what: string, got: unknown, want: unknown) => {
    if (got !== want) differences.push(`${what} is ${got}, not ${want}`);
  };
  const close = (what: string, got: number, want: number) => {
    if (!(Math.abs(got - want) <= TOLERANCE * Math.abs(want))) differences.push(`${what} is ${got}, not ${want}`);
  };
  for (const what of ["macs", "computeCycles", "cycles"] as const) equal(what, found[what], expected[what]);
  for (const what of ["energyPj", "computeEnergyPj", "utilization", "areaMm2"] as const) {
    close(what, found[what], expected[what]);
  }
  equal("inexact", found.inexact.join(), "");
  equal("levels", Object.keys(found.levels).sort().join(), Object.keys(expected.levels).sort().join());
  for (const [level, wanted] of Object.entries(expected.levels)) {
    const own = found.levels[level]!;
    equal(`${level}.cycles`, own.cycles, wanted.cycles);
    equal(`${level}.tensors`, Object.keys(own.tensors).sort().join(), Object.keys(wanted.tensors).sort().join());
    for (const [tensor, want] of Object.entries(wanted.tensors)) {
      const got = own.tensors[tensor];
      if (got === undefined) continue;
      const where = `${level}.${tensor}`;
      for (const what of ["reads", "updates", "fills"] as const) {
        equal(`${where}.${what}`, got[what], want[what]);
        equal(`${where}.perInstance.${what}`, got.perInstance[what], want.perInstance[what]);
      }
      for (const what of ["temporalReductions", "utilizedCapacity", "utilizedInstances"] as const) {
        equal(`${where}.${what}`, got[what], want[what]);
      }
      close(`${where}.energyPj`, got.energyPj, want.energyPj);
    }
  }
  return differences;
}

/**
 * A rejection has Timeloop's class of reason, says where and how much, and agrees with the numbers in Timeloop's text.
 */
function rejectionDifferences({ data }: LoopnestError, code: string, message: string): string[] {
  const differences: string[] = [];
  if (data.code !== code) differences.push(`rejected as ${data.code}, not ${code}`);
  if (!Number.isFinite(data.needed) || !Number.isFinite(data.available)) differences.push("no needed or available");
  const place = {
    capacity: ["level", "tensor"],
    fanout: ["level"],
    "no-fanout": ["level"],
    factors: ["dim"],
    unkept: ["tensor"],
  };
  for (const field of place[code as keyof typeof place] as ("level" | "tensor" | "dim")[]) {
    if (data[field] === undefined) differences.push(`no ${field}`);
  }
  const said = `${data.needed} of ${data.available}`;
  const numbers =
    /tile size (\d+) exceeds buffer capacity (\d+)/.exec(message) ??
    /(?:instances|expansion) (\d+) exceeds hardware instances (\d+)/.exec(message);
  if (numbers !== null && said !== `${numbers[1]} of ${numbers[2]}`) differences.push(`${said}; Timeloop: ${message}`);
  const level = /couldn't map level (\w+): mapped tile/.exec(message)?.[1];
  if (level !== undefined && data.level !== level) differences.push(`at ${data.level}; Timeloop: ${message}`);
  const factors = /dimension (\w+) is (\d+), which is not equal to the dimension size of the workload (\d+)/.exec(
    message,
  );
  if (factors !== null && `${data.dim} ${said}` !== `${factors[1]} ${factors[3]} of ${factors[2]}`) {
    differences.push(`${data.dim}: ${said}; Timeloop: ${message}`);
  }
  return differences;
}
