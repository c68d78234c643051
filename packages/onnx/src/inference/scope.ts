import type { Value } from "../values/value.js";

/** The values that a graph sees: its own, and those of the graph that it stands in. */
export class Scope {
  readonly #own = new Map<string, Value>();
  readonly #around: Scope | null;

  constructor(around: Scope | null = null) {
    this.#around = around;
  }

  get(name: string): Value | undefined {
    return this.#own.get(name) ?? this.#around?.get(name);
  }

  set(name: string, value: Value): void {
    this.#own.set(name, value);
  }
}
