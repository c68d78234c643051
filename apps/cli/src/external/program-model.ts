import {
  type Hardware,
  hardwareOf,
  LoopnestError,
  type Machine,
  type PerformanceModel,
  unflatten,
} from "@loopnest/mapspace";
import { fingerprint } from "../files/fingerprint.js";
import type { Answer } from "./answer.js";
import { answerCases } from "./answer-cases.js";
import type { ExternalCommand } from "./run-batch.js";

/** A performance model whose latencies, and energies if it says some, are a program's answers. */
export interface ProgramModel extends PerformanceModel {
  /**
   * Whether mappings were met that the program has not been asked about: what was said of them was the base model's.
   */
  readonly asksMore: () => boolean;
  /**
   * Asks the program about all of them in one go, and keeps the answers.
   *
   * @throws LoopnestError `input` if the program cannot be run, or has answered nothing at all.
   */
  ask(signal?: AbortSignal): Promise<void>;
  /** What was asked so far, and what could not be answered. */
  readonly account: () => ProgramAccount;
}

export interface ProgramAccount {
  /** Mappings that the program was asked about. */
  readonly asked: number;
  /** Answers that were taken from memory. */
  readonly remembered: number;
  readonly failures: readonly string[];
}

/** Cases that one run of the program gets. */
const BATCH = 256;
/** What a mapping costs that the program fails at: so much that no search keeps it. */
const FAILED: Answer = { cycles: 1e15, energyPj: 1e15 };

interface OpenCase {
  readonly id: string;
  readonly problem: unknown;
  readonly mapping: unknown;
  readonly hardware: Hardware;
}

/**
 * Wraps a model: needs, machines and data movement stay the base's; what a layer costs is what a program answers of its
 * mapping, and of the machine's sizes. It is asked in batches: whoever uses the model runs his search, has the program
 * asked about what it met, and runs it again, until it meets nothing new. There is no gradient.
 */
export function programModel(base: PerformanceModel, command: ExternalCommand): ProgramModel {
  const answers = new Map<string, Answer>();
  const open = new Map<string, OpenCase>();
  const sizesOf = new WeakMap<Machine, Hardware>();
  const failures: string[] = [];
  const names = base.target.levels.map(({ name }) => name);
  let asked = 0;
  let remembered = 0;
  return {
    ...base,
    name: `exec:${command.text}`,
    monotone: [],
    machine(sizes, rounding, out) {
      base.machine(sizes, rounding, out);
      sizesOf.set(out, hardwareOf(base.target, sizes));
    },
    layer(problem) {
      const inner = base.layer(problem);
      const { space } = inner;
      const shape = [problem.dims, problem.tensors];
      return {
        space,
        needs: (nest, out) => inner.needs(nest, out),
        evaluate(nest, machine, rounding, out) {
          inner.evaluate(nest, machine, rounding, out);
          if (rounding !== "exact") return;
          const mapping = unflatten(space.shape, names, nest);
          const hardware = sizesOf.get(machine) ?? {};
          const id = fingerprint([shape, mapping, hardware]).slice(0, 20);
          const known = answers.get(id);
          if (known === undefined) {
            open.set(id, { id, problem, mapping, hardware });
            return;
          }
          remembered++;
          out.latencyCycles = known.cycles;
          if (known.energyPj !== undefined) out.energyPj = known.energyPj;
        },
        gradient() {
          throw new LoopnestError({
            ...{ code: "unsupported", path: "--model", problem: "a program has no gradient" },
            fix: "use a method that needs none, or loopnest tune --measure, which descends through what it has learnt",
          });
        },
      };
    },
    asksMore: () => open.size > 0,
    async ask(signal = new AbortController().signal) {
      const cases = [...open.values()];
      open.clear();
      asked += cases.length;
      let answered = 0;
      await answerCases(cases, command, {
        ...{ jobs: 1, batch: BATCH, signal },
        async onAnswer({ id }, answer) {
          answered++;
          answers.set(id, answer);
        },
        async onFailure({ id }, reason) {
          failures.push(reason);
          answers.set(id, FAILED);
        },
      });
      if (answered > 0 || cases.length === 0 || signal.aborted || asked > failures.length) return;
      throw new LoopnestError({
        ...{
          code: "input",
          path: "--model",
          problem: `the program has answered none of ${asked} cases: ${failures[0]}`,
        },
        fix: "put it right",
      });
    },
    account: () => ({ asked, remembered, failures }),
  };
}

/** Whether a model is a program's. */
export function isProgramModel(model: PerformanceModel): model is ProgramModel {
  return "asksMore" in model;
}
