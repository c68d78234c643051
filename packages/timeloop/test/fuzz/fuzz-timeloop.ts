import { LoopnestError, seededRandom } from "@loopnest/mapspace";
import { architectureSchema, problemSchema } from "@loopnest/mapspace/schema";
import { fixedTarget, importTimeloop, type SourceFile } from "../../src/index.js";
import { fixture } from "../fixture-files.js";
import { mutateYaml } from "./mutate-yaml.js";

/** A case that ended in anything but a machine and a problem of sound numbers or a LoopnestError. */
export interface TimeloopFault {
  /** What `mutatedFiles` makes the files of. */
  readonly seed: number;
  readonly fault: string;
}

/** A case that takes longer hangs. */
const LONGEST_MS = 5000;

const FOLDERS = ["weight-stationary-v03", "output-stationary-flat", "eyeriss-like-v04"].map(fixture);

/** The files of a case: those of a fixture, one of them damaged; the same for the same seed. */
function mutatedFiles(seed: number): SourceFile[] {
  const random = seededRandom(seed);
  const files = random.pick(FOLDERS);
  const damaged = random.below(files.length);
  return files.map(({ file, text }, i) => ({ file, text: i === damaged ? mutateYaml(text, random) : text }));
}

/**
 * Reads damaged files of Timeloop.
 *
 * @param count How many sets.
 * @param seed Of the first case; the next ones follow.
 * @returns The faults; none if all is well.
 */
export function fuzzTimeloop(count: number, seed: number): TimeloopFault[] {
  return Array.from({ length: count }, (_, i) => faultOf(seed + i)).filter((fault) => fault !== null);
}

function faultOf(seed: number): TimeloopFault | null {
  const files = mutatedFiles(seed);
  const started = performance.now();
  const fault = ended(files) ?? (performance.now() - started > LONGEST_MS ? "hangs" : null);
  return fault === null ? null : { seed, fault };
}

/** What is wrong with how reading ended. */
function ended(files: readonly SourceFile[]): string | null {
  try {
    const { architecture, problem, constraints } = importTimeloop(files, { areaTable: { "*": 0 } });
    fixedTarget(architecture, problem, constraints, { energyTable: "dosa" });
    const wrong = [architectureSchema.safeParse(architecture), problemSchema.safeParse(problem)];
    return wrong.find(({ error }) => error !== undefined)?.error?.message ?? null;
  } catch (error) {
    if (error instanceof LoopnestError) return null;
    return error instanceof Error ? `${error.name}: ${error.stack}` : String(error);
  }
}
