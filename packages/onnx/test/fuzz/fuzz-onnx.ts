import { LoopnestError, seededRandom } from "@loopnest/mapspace";
import { readOnnx } from "../../src/index.js";
import { mutateFields } from "./mutate-fields.js";
import { mutateModel } from "./mutate-model.js";
import { smallModels } from "./small-models.js";

/** A case that ended in anything but a workload of sound numbers or a LoopnestError. */
export interface OnnxFault {
  /** What `mutatedModel` makes the bytes of. */
  readonly seed: number;
  readonly fault: string;
  readonly milliseconds: number;
}

/** A case that takes longer hangs. */
const LONGEST_MS = 5000;

/** What is damaged: the bytes of a file, or the fields that they hold. */
const DAMAGE = { bytes: mutateModel, fields: mutateFields };
export type Damage = keyof typeof DAMAGE;

/** The bytes of a case: a small valid model, damaged; the same for the same seed. */
function mutatedModel(seed: number, damage: Damage): Uint8Array {
  const random = seededRandom(seed);
  const models = smallModels();
  return DAMAGE[damage](models[random.below(models.length)]!, random);
}

/**
 * Reads damaged models.
 *
 * @param count How many.
 * @param seed Of the first case; the next ones follow.
 * @param damage What is damaged in them.
 * @returns The faults; none if all is well.
 */
export function fuzzOnnx(count: number, seed: number, damage: Damage): OnnxFault[] {
  return Array.from({ length: count }, (_, i) => faultOf(seed + i, damage)).filter((fault) => fault !== null);
}

function faultOf(seed: number, damage: Damage): OnnxFault | null {
  const bytes = mutatedModel(seed, damage);
  const started = performance.now();
  const fault = ended(bytes);
  const milliseconds = performance.now() - started;
  if (fault === null && milliseconds <= LONGEST_MS) return null;
  return { seed, fault: fault ?? "hangs", milliseconds };
}

/** What is wrong with how reading ended. */
function ended(bytes: Uint8Array): string | null {
  try {
    const { workload } = readOnnx(bytes, { dims: {} });
    const amounts = [
      ...workload.layers.flatMap(({ problem, count }) => [count, ...Object.values(problem.dims)]),
      ...(workload.dataMovement ?? []).flatMap(({ count, wordsRead, wordsWritten }) => [
        count,
        wordsRead,
        wordsWritten,
      ]),
    ];
    const wrong = amounts.find((amount) => !(Number.isFinite(amount) && amount >= 0 && Number.isInteger(amount)));
    return wrong === undefined ? null : `an amount of ${wrong}`;
  } catch (error) {
    if (error instanceof LoopnestError) return null;
    return error instanceof Error ? `${error.name}: ${error.stack}` : String(error);
  }
}
