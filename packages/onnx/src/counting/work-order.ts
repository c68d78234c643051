import type { Step } from "../inference/step.js";
import { storagesOf, type Value } from "../values/value.js";

/** Which value needs which step to have run: steps in an order in which they can run, and what each of them reads. */
export class WorkOrder {
  readonly #places = new Map<Step, number>();
  readonly #makers = new Map<Value, Step>();
  /** For a step that was asked for: the steps that are known to need it, and not to. Each is looked at once. */
  readonly #answers = new Map<Step, Map<Step, boolean>>();

  /** What reads the outputs of a step. */
  readonly #users = new Map<Step, Step[]>();

  /** Adds the next step. */
  add(step: Step): void {
    this.#places.set(step, this.#places.size);
    this.#users.set(step, []);
    for (const maker of this.#makersOf(step)) this.#users.get(maker)!.push(step);
    for (const output of step.outcome.outputs)
      for (const storage of storagesOf(output)) this.#makers.set(storage, step);
  }

  /**
   * Whether a value cannot be there before a step has run: looked for from both ends in turns, so that it takes no
   * longer than twice the shorter way.
   */
  follows(storage: Value, step: Step): boolean {
    const maker = this.#makers.get(storage);
    if (maker === undefined) return false;
    const place = this.#places.get(step)!;
    const answers = this.#answers.get(step) ?? new Map([[step, true]]);
    this.#answers.set(step, answers);
    const onward = this.#onward(step, maker);
    // Depth first, by hand: chains are longer than a stack is deep.
    const open = [maker];
    while (open.length > 0) {
      const next = open.at(-1)!;
      const answer = this.#answer(next, answers, place);
      if (typeof answer === "boolean") {
        answers.set(next, answer);
        open.pop();
      } else for (const maker of answer) open.push(maker);
      const found = onward.next();
      if (found.done && open.length > 0) {
        answers.set(maker, found.value);
        return found.value;
      }
    }
    return answers.get(maker)!;
  }

  /** Walks what needs a step, a use at a time, until it finds the one asked for, or no more that could lead to it. */
  *#onward(step: Step, wanted: Step): Generator<undefined, boolean> {
    const last = this.#places.get(wanted)!;
    const found = new Set([step]);
    for (const next of found) {
      if (next === wanted) return true;
      for (const user of this.#users.get(next)!) {
        if (this.#places.get(user)! <= last) found.add(user);
        yield;
      }
    }
    return false;
  }

  /** Whether a step needs the one at a place, or else which steps have to be answered first. */
  #answer(step: Step, answers: ReadonlyMap<Step, boolean>, place: number): boolean | Step[] {
    const known = answers.get(step);
    if (known !== undefined) return known;
    // What stands in front of a step cannot need it.
    if (this.#places.get(step)! < place) return false;
    const makers = this.#makersOf(step);
    if (makers.some((maker) => answers.get(maker) === true)) return true;
    const unanswered = makers.filter((maker) => !answers.has(maker));
    return unanswered.length === 0 ? false : unanswered;
  }

  #makersOf({ operation }: Step): Step[] {
    const storages = operation.inputs.flatMap((input) => (input === null ? [] : storagesOf(input)));
    return storages.map((storage) => this.#makers.get(storage)).filter((maker) => maker !== undefined);
  }
}
