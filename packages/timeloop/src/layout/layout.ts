import type { Directive } from "../directives/directive.js";
import type { Field } from "../yaml/field.js";
import type { Component } from "./component.js";

/** What an architecture file describes, whatever its style. */
export interface Layout {
  readonly name: string | null;
  /** Outermost first. */
  readonly storage: readonly Component[];
  readonly compute: Component;
  /** Constraints written in the architecture itself (v0.4). */
  readonly directives: readonly Directive[];
  /** Lists of levels side by side of which only constraints elsewhere say what each keeps (v0.4). */
  readonly parallel: readonly { readonly field: Field; readonly branches: readonly (readonly string[])[] }[];
}

/** The one compute component of a list. */
export function onlyCompute(architecture: Field, found: readonly Component[]): Component {
  const [compute, second] = found;
  if (second !== undefined) second.field.unsupported(`a second kind of compute unit, ${second.name}`, "describe one");
  return compute ?? architecture.fail("has no compute units", "add a component of class intmac");
}
