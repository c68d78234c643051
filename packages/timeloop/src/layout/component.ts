import type { Field } from "../yaml/field.js";
import { Attributes } from "./attributes.js";

/** What a class of components is to Timeloop, which looks for these words in the class's name, in this order. */
export type ComponentKind = "storage" | "compute" | "network";

const CLASSES: readonly (readonly [ComponentKind, readonly string[]])[] = [
  ["storage", ["DRAM", "SRAM", "regfile", "smartbuffer", "storage"]],
  ["compute", ["mac", "compute"]],
  ["network", ["XY_NoC", "Legacy", "ReductionTree", "SimpleMulticast"]],
];

/** A storage level or compute unit as a file describes it. */
export interface Component {
  readonly name: string;
  readonly kind: "storage" | "compute";
  readonly isDram: boolean;
  readonly field: Field;
  readonly attributes: Attributes;
  /** Instances by the structure of the file, where the attributes do not say. */
  readonly instances: number | null;
  /** Columns by the structure of the file (v0.4), where the attributes do not say. */
  readonly meshX: number | null;
  /**
   * A level without memory, for the loops of a fan-out alone: that of a container (v0.4), or `class: dummy_storage`.
   */
  readonly isFanOut: boolean;
}

/** Names to leave out of what is read: components or attributes. */
export type Ignored = readonly string[];

/**
 * The kind of a component by its class; null if it is to be ignored.
 *
 * @param others What becomes of a component of any other class: Timeloop leaves it out where it reads a tree, its front
 * end refuses it among nodes.
 */
export function componentKind(
  field: Field,
  name: string,
  ignored: Ignored,
  others: "left out" | "refused",
): "storage" | "compute" | null {
  if (ignored.includes(name)) return null;
  const classField = classOf(field) ?? field.need("class", "give the component's class, such as SRAM or intmac");
  const className = classField.text();
  const kind = CLASSES.find(([, words]) => words.some((word) => className.includes(word)))?.[0];
  if (kind === "storage" || kind === "compute") return kind;
  if (kind === "network") {
    classField.note(`the network ${name} is not read: its energy is not counted`);
    return null;
  }
  if (others === "left out") {
    classField.note(`${name} is of class ${className}, which Timeloop leaves out: nothing of it is counted`);
    return null;
  }
  if (className === "nothing") return null;
  return classField.unsupported(
    `${name} is of class ${className}`,
    `leave it out, or import with ignore: ["${name}"]`,
    {
      level: name,
    },
  );
}

/** The class of a component, as architectures name it or as Accelergy's dumps do. */
export function classOf(field: Field): Field | undefined {
  return field.get("class", "component_class");
}

/** Whether a component is storage in name only, as Timeloop's front end writes for a fan-out. */
export function isDummy(field: Field): boolean {
  return classOf(field)?.value() === "dummy_storage";
}

/** Name and number of a component or subtree: `PE[0..15]` is 16 of PE. */
export function nameAndCount(field: Field): { name: string; count: number } {
  const text = field.text();
  const match = /^([^[\]]+)(?:\[(\d+)\.\.(\d+)\])?$/.exec(text);
  if (match === null) return field.fail(`${text} is not a name`, "write a name, or one with a range: PE[0..15]");
  const [, name, from, to] = match;
  if (from === undefined) return { name: name!, count: 1 };
  const count = Number(to) - Number(from) + 1;
  return count > 0
    ? { name: name!, count }
    : field.fail(`the range of ${text} is empty`, "write a range such as [0..15]");
}

/** A component of the tree or flat style, whose attributes stand under `attributes:` or beside its name. */
export function component(
  field: Field,
  kind: "storage" | "compute",
  { name, count }: { name: string; count: number | null },
): Component {
  const attributes = new Attributes([field.get("attributes") ?? field]);
  const isDram = /DRAM/.test(classOf(field)?.text() ?? "") || attributes.get("technology")?.text() === "DRAM";
  return { name, kind, isDram, field, attributes, instances: count, meshX: null, isFanOut: isDummy(field) };
}
