import { isMap, isSeq } from "yaml";
import { nameOf, startOf } from "../yaml/node-facts.js";
import type { YamlText } from "../yaml/yaml-text.js";
import type { Path } from "./quantities.js";

/** Where a value begins in its text, and where those inside it do: by name, or by index as a text. */
export interface Place {
  readonly start: number;
  readonly parts: ReadonlyMap<string, Part>;
}

/** A field of an object or an entry of a list. */
export interface Part {
  /** Where the field's name begins; the entry itself, in a list. */
  readonly keyStart: number;
  readonly place: Place;
}

/** Offset of the value at a path, or of the nearest enclosing one that is there; with `key`, of the field's name. */
export function offsetOf(root: Place, path: Path, part: "value" | "key"): number {
  let place = root;
  let keyStart = root.start;
  for (const step of path) {
    const next = place.parts.get(String(step));
    if (next === undefined) break;
    ({ keyStart, place } = next);
  }
  return part === "key" ? keyStart : place.start;
}

/** The places of a YAML text; what an alias stands for is where its anchor is. */
export function yamlPlaces(yaml: YamlText): Place {
  const known = new Map<unknown, Place>();
  const placeOf = (value: unknown): Place => {
    const node = yaml.resolve(value);
    const found = known.get(node);
    if (found !== undefined) return found;
    const parts = new Map<string, Part>();
    const place = { start: startOf(node), parts };
    if (node !== null) known.set(node, place);
    if (isSeq(node)) {
      node.items.forEach((item, i) => {
        parts.set(String(i), { keyStart: startOf(item), place: placeOf(item) });
      });
    } else if (isMap(node)) {
      for (const { key, value: field } of node.items) {
        const keyStart = startOf(key);
        const inner = field === null ? { start: keyStart, parts: new Map() } : placeOf(field);
        parts.set(nameOf(key), { keyStart, place: inner });
      }
    }
    return place;
  };
  return placeOf(yaml.root);
}
