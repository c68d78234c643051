import type { Step } from "../inference/infer-shapes.js";
import type { Value } from "../values/value.js";

/** Which value needs which step to have run: steps in an order in which they can run, and what each of them reads. */
export class WorkOrder {
  readonly #places = new Map<Step, number>();
  readonly #makers = new Map<Value, Step>();

  /** Adds the next step. */
  add(step: Step): void {
    this.#places.set(step, this.#places.size);
    for (const { storage } of step.outcome.outputs) this.#makers.set(storage, step);
  }

  /** Whether a value cannot be there before a step has run. */
  follows(storage: Value, step: Step): boolean {
    const place = this.#places.get(step)!;
    const seen = new Set<Step>();
    const open = [this.#makers.get(storage)];
    for (const maker of open) {
      if (maker === step) return true;
      // What stands in front of a step cannot need it.
      if (maker === undefined || seen.has(maker) || this.#places.get(maker)! < place) continue;
      seen.add(maker);
      for (const input of maker.operation.inputs) if (input !== null) open.push(this.#makers.get(input.storage));
    }
    return false;
  }
}
